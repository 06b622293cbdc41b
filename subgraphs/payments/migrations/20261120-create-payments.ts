import { Migration } from '@mikro-orm/migrations';
import { CREATE_OUTBOX } from '@waybill/kernel/outbox.js';
import { CREATE_SIMULATOR_CHARGES } from '../providers/simulator-memory.js';

/**
 * One row per attempt to pay an order. `check_at` is when the provider is to be asked about it, null when nothing is
 * open; it is an index column that the ordinary payment never changes, so that its two updates touch no index (the
 * fill factor leaves room for them on the page).
 */
const PAYMENTS = `
  create table payments (
    id uuid primary key,
    order_id uuid not null,
    attempt integer not null,
    customer_id uuid,
    state text not null check (state in ('REQUESTED', 'PENDING', 'AUTHORIZED', 'CAPTURED',
      'PARTIALLY_REFUNDED', 'REFUNDED', 'VOIDED', 'DECLINED', 'FAILED')),
    amount bigint not null check (amount >= 0),
    authorized bigint not null default 0,
    captured bigint not null default 0,
    refunded bigint not null default 0,
    currency text not null,
    method text not null,
    provider text not null,
    provider_reference text,
    failure_code text,
    failure_hard boolean not null default false,
    check_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (order_id, attempt),
    constraint refunded_within_captured check (0 <= refunded and refunded <= captured),
    constraint captured_within_authorized check (captured <= authorized and authorized <= amount)
  ) with (fillfactor = 60)`;

const REFUNDS = `
  create table refunds (
    id uuid primary key,
    payment_id uuid not null references payments,
    amount bigint not null,
    state text not null check (state in ('PENDING', 'REFUNDED', 'FAILED')),
    reason text not null,
    code text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  ) with (fillfactor = 80)`;

/** Orders whose payments were reversed: nothing may be authorized for them any more, however late the job. */
const REVERSALS = `
  create table reversals (
    order_id uuid primary key,
    created_at timestamptz not null default now()
  )`;

export class CreatePayments extends Migration {
  override up(): void {
    this.addSql(PAYMENTS);
    this.addSql('create index payments_to_check on payments (check_at) where check_at is not null');
    this.addSql(REFUNDS);
    this.addSql('create index refunds_of_payment on refunds (payment_id)');
    this.addSql(REVERSALS);
    this.addSql(CREATE_OUTBOX);
    this.addSql(CREATE_SIMULATOR_CHARGES);
  }
}
