import { Migration } from '@mikro-orm/migrations';

/** Goods on their way back, or back. */
export class Returns extends Migration {
  override name = '20261121-returns';

  override up(): void {
    this.addSql(`
      create table returns (
        id uuid primary key,
        order_id uuid not null references orders,
        number int not null,
        status text not null check (status in ('REQUESTED', 'RECEIVED', 'REJECTED', 'CANCELLED')),
        lines jsonb not null,
        reason text,
        rejection text,
        refund_id uuid references refunds deferrable initially deferred,
        restocking text check (restocking in ('PENDING', 'DONE')),
        requested_by uuid not null,
        idempotency_key text,
        request_hash text,
        requested_at timestamptz not null default now(),
        received_at timestamptz,
        unique (order_id, number),
        unique (requested_by, idempotency_key)
      )`);
    this.addSql(
      `create index returns_restocking on returns (received_at) where restocking = 'PENDING'`,
    );
    this.addSql(RESTOCKED_BEFORE);
  }
}

/** Refunds that brought goods back to stock, before there were returns. */
const RESTOCKED_BEFORE = `
  update order_lines l set returned_quantity = least(l.shipped_quantity, r.units)
  from (
    select order_id, i."lineNumber" as line_number, sum(i.quantity) as units
    from refunds, jsonb_to_recordset(lines) as i("lineNumber" int, quantity int)
    where restock and status <> 'FAILED' group by 1, 2) r
  where l.order_id = r.order_id and l.line_number = r.line_number and l.kind = 'PRODUCT'
    and l.returned_quantity = 0`;
