import { Migration } from '@mikro-orm/migrations';

const STATES = `
  alter table payments drop constraint payments_state_check,
  add constraint payments_state_check check (state in ('REQUESTED', 'PENDING', 'AUTHORIZED',
    'PARTIALLY_CAPTURED', 'CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'VOIDED', 'DECLINED',
    'FAILED'))`;

/**
 * What was taken of each payment, by which capture. No foreign key: a row is only ever written by the statement that
 * writes its payment, and the check would cost each order a look-up and a lock.
 */
const CAPTURES = `
  create table captures (
    payment_id uuid not null,
    capture_id uuid not null,
    amount bigint not null check (amount > 0),
    final boolean not null,
    state text not null check (state in ('PENDING', 'CAPTURED', 'FAILED')),
    code text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (payment_id, capture_id)
  )`;

/** Until now an order was captured as a whole, once. */
const EXISTING = `
  insert into captures (payment_id, capture_id, amount, final, state, created_at)
  select id, order_id, captured, true, 'CAPTURED', created_at from payments where captured > 0`;

/** A refund that several payments share in has a row for each of them. */
const SHARED_REFUNDS = `
  alter table refunds add refund_id uuid;
  update refunds set refund_id = id;
  alter table refunds alter refund_id set not null,
  add constraint refunds_once unique (refund_id, payment_id)`;

export class Captures extends Migration {
  override up(): void {
    this.addSql(STATES);
    this.addSql(CAPTURES);
    this.addSql(EXISTING);
    this.addSql(SHARED_REFUNDS);
  }
}
