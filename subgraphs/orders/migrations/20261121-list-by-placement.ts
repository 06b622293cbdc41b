import { Migration } from '@mikro-orm/migrations';

/** Lists go by when an order was placed: one that was put together for days is new when it is placed. */
export class ListByPlacement extends Migration {
  override name = '20261121-list-by-placement';

  override up(): void {
    this.addSql('drop index orders_by_customer');
    this.addSql('drop index orders_by_status');
    this.addSql('create index orders_by_customer on orders (customer_id, placed_at)');
    this.addSql('create index orders_by_status on orders (status, placed_at)');
  }
}
