import { Migration } from '@mikro-orm/migrations';
import { CREATE_OUTBOX } from '@waybill/kernel/outbox.js';

export class CreateOrders extends Migration {
  override name = '20261120-create-orders';

  override up(): void {
    this.addSql(`
      create table orders (
        id uuid primary key,
        number bigint generated always as identity,
        placed_by uuid not null,
        idempotency_key text not null,
        request_hash text not null,
        customer_id uuid,
        status text not null,
        payment_status text not null default 'NONE',
        refund_status text not null default 'NONE',
        seq int not null,
        currency char(3) not null,
        total bigint not null check (total >= 0),
        captured bigint not null default 0,
        refunded bigint not null default 0,
        payment_method text not null,
        payment_attempt int not null default 1,
        declined_attempt int not null default 0,
        payment_reversed boolean not null default false,
        notify boolean not null,
        expires_at timestamptz,
        cancel_target text,
        reason text,
        needs_attention text,
        shipping_address jsonb,
        placed_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (placed_by, idempotency_key),
        check (refunded between 0 and captured)
      ) with (fillfactor = 80)`);
    this.addSql('create index orders_by_customer on orders (customer_id, id desc)');
    this.addSql('create index orders_by_status on orders (status, id desc)');
    this.addSql('create index orders_by_date on orders (placed_at)');
    this.addSql(`
      create table order_lines (
        order_id uuid not null references orders,
        line_number int not null,
        kind text not null,
        sku text not null,
        product_id uuid,
        title text not null,
        quantity int not null check (quantity > 0),
        unit_price bigint not null,
        refunded_quantity int not null default 0,
        primary key (order_id, line_number),
        check (refunded_quantity between 0 and quantity)
      )`);
    this.addSql(`
      create table order_events (
        order_id uuid not null references orders,
        seq int not null,
        id uuid not null,
        type text not null,
        from_status text,
        to_status text not null,
        actor text not null,
        reason text,
        data jsonb not null,
        at timestamptz not null default clock_timestamp(),
        primary key (order_id, seq)
      )`);
    this.addSql(`
      create table refunds (
        id uuid primary key,
        order_id uuid not null references orders,
        requested_by uuid not null,
        idempotency_key text not null,
        request_hash text not null,
        status text not null,
        amount bigint not null check (amount > 0),
        reason text,
        restock boolean not null,
        lines jsonb not null,
        failure_code text,
        created_at timestamptz not null default now(),
        unique (requested_by, idempotency_key)
      )`);
    this.addSql('create index refunds_by_order on refunds (order_id)');
    this.addSql(`
      create table notices (
        event_id uuid primary key,
        order_id uuid not null references orders,
        due_at timestamptz not null default now(),
        claimed_at timestamptz,
        settled_at timestamptz
      )`);
    this.addSql('create index notices_unsettled on notices (due_at) where settled_at is null');
    this.addSql(CREATE_OUTBOX);
    this.addSql(`
      create function refuse_change() returns trigger language plpgsql as
        'begin raise exception ''order_events is append-only''; end'`);
    this.addSql(`
      create trigger order_events_append_only before update or delete on order_events
        for each row execute function refuse_change()`);
  }
}
