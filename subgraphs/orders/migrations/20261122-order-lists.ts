import { Migration } from '@mikro-orm/migrations';

const SORTED = [
  ['orders_by_date', 'placed_at, id'],
  ['orders_by_customer', 'customer_id, placed_at, id'],
  ['orders_by_status', 'status, placed_at, id'],
];

/**
 * Indexes for the lists of orders: each has its rows exactly as the list shows them, so that nothing is sorted; what holds
 * for most orders is in none of them. Words are compared by their bytes,
 * so that those that begin alike stand together, and all orders are queued to be found by theirs again.
 */
export class OrderLists extends Migration {
  override name = '20261122-order-lists';

  override up(): void {
    for (const [name, columns] of SORTED) {
      this.addSql(`drop index ${name}`);
      this.addSql(`create index ${name} on orders (${columns})`);
    }
    this.addSql(`
      create index orders_by_total on orders (currency, total, id) where placed_at < 'infinity'`);
    this.addSql(`
      create index orders_by_refund on orders (refund_status, placed_at, id) where refund_status <> 'NONE'`);
    this.addSql(`
      create index orders_by_payment on orders (payment_status, placed_at, id) where payment_status <> 'PAID'`);
    this.addSql(`
      create index orders_needing_attention on orders (placed_at, id) where needs_attention is not null`);
    this.addSql('truncate order_terms, terms_of_orders');
    this.addSql('alter table order_terms alter column term type text collate "C"');
    this.addSql(`delete from unprojected where projection = 'order_terms'`);
    this.addSql(`
      insert into unprojected (order_id, seq, type, projection)
      select id, seq, 'placed', 'order_terms' from orders where placed_at < 'infinity' order by placed_at`);
  }
}
