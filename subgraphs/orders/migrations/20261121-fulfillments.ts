import { Migration } from '@mikro-orm/migrations';

/** Parcels of an order, and units that were called off before they were packed. */
export class Fulfillments extends Migration {
  override name = '20261121-fulfillments';

  override up(): void {
    this.addSql('alter table orders add column fulfillment_hold text');
    this.addSql(`
      create table fulfillments (
        id uuid primary key,
        order_id uuid not null references orders,
        number int not null,
        status text not null
          check (status in ('OPEN', 'SHIPPING', 'ON_HOLD', 'SHIPPED', 'DELIVERED', 'CANCELLED')),
        lines jsonb not null,
        capture_amount bigint not null default 0,
        captured bigint not null default 0,
        held_reason text,
        carrier text,
        tracking_number text,
        tracking_url text,
        created_at timestamptz not null default now(),
        requested_at timestamptz,
        shipped_at timestamptz,
        delivered_at timestamptz,
        unique (order_id, number)
      ) with (fillfactor = 80)`);
    this.addSql(
      `create index fulfillments_shipping on fulfillments (requested_at) where status = 'SHIPPING'`,
    );
    this.addSql(`
      create table line_cancellations (
        id uuid primary key,
        order_id uuid not null references orders,
        status text not null check (status in ('PENDING', 'DONE')),
        lines jsonb not null,
        reason text,
        created_at timestamptz not null default now()
      )`);
    this.addSql('create index line_cancellations_by_order on line_cancellations (order_id)');
    this.addSql(`
      create index line_cancellations_pending on line_cancellations (created_at) where status = 'PENDING'`);
    this.addSql(SHIPPED_BEFORE);
  }
}

/** Orders that were shipped before there were parcels left in one, whose id is that of the event. */
const SHIPPED_BEFORE = `
  insert into fulfillments (id, order_id, number, status, lines, created_at, requested_at, shipped_at)
  select e.id, e.order_id, 1, 'SHIPPED',
    coalesce((
      select jsonb_agg(jsonb_build_object('lineNumber', line_number, 'sku', sku, 'quantity', quantity))
      from order_lines l where l.order_id = e.order_id and l.kind = 'PRODUCT'), '[]'),
    e.at, e.at, e.at
  from order_events e where e.type = 'shipped'`;
