import { Migration } from '@mikro-orm/migrations';

/**
 * What changes with every update of an order is in no index, so that an update that leaves its status alone touches
 * none. Drafts that have ended are listed by themselves until they are deleted.
 */
export class LightUpdates extends Migration {
  override name = '20261121-light-updates';

  override up(): void {
    this.addSql('drop index orders_being_paid_anew');
    this.addSql(`
      create index orders_being_paid_anew on orders (id)
      where status in ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED')
        and payments @> '[{"state": "DUE"}]'`);
    this.addSql('drop index orders_ended_drafts');
    this.addSql(`
      create table ended_drafts (
        order_id uuid primary key references orders,
        ended_at timestamptz not null default now()
      )`);
    this.addSql('create index ended_drafts_by_age on ended_drafts (ended_at)');
    this.addSql(`
      insert into ended_drafts (order_id, ended_at)
      select id, updated_at from orders where status = 'EXPIRED' and placed_at = 'infinity'`);
  }
}
