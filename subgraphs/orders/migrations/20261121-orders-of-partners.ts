import { Migration } from '@mikro-orm/migrations';

/** Whether the customer of an order is a partner and no person; of those from before their first event tells it. */
export class OrdersOfPartners extends Migration {
  override name = '20261121-orders-of-partners';

  override up(): void {
    this.addSql('alter table orders add column of_partner boolean not null default false');
    this.addSql(`
      update orders o set of_partner = true from order_events e
      where e.order_id = o.id and e.seq = 1 and e.actor = 'partner:' || o.customer_id`);
  }
}
