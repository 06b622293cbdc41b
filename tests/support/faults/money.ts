import { anyAmount, anyEntry, type Fault } from './fault.js';

/** Faults that break the rules about money. */
export const MONEY: readonly Fault[] = [
  {
    breaks: 3,
    named: 'payment',
    fault: 'more is refunded than was captured',
    sql: {
      payments: `${anyAmount} update payments set refunded = captured + 1 where id = :payment`,
    },
  },
  {
    breaks: 3,
    named: 'transfer',
    fault: 'a transfer out of balance',
    sql: { payments: `${anyEntry} delete from ledger_entries where account = 'REFUNDS'` },
  },
  {
    breaks: 3,
    named: 'shipped',
    fault: 'a refund that is not in the books',
    sql: { payments: `${anyEntry} delete from ledger_entries where transfer_id = :transfer` },
  },
  {
    breaks: 3,
    named: 'payment',
    fault: 'money was taken by no capture',
    sql: { payments: 'delete from captures where payment_id = :payment' },
  },
  {
    breaks: 3,
    named: 'payment',
    fault: 'a refund of which its payment has not heard',
    sql: { payments: 'update payments set refunded = 0 where id = :payment' },
  },
  {
    breaks: 3,
    named: 'shipped',
    fault: 'a refund of which the order has not heard',
    sql: { orders: `update orders set refunded = 0, refund_status = 'NONE' where id = :shipped` },
  },
  {
    breaks: 3,
    named: 'shipped',
    fault: 'a refund status that the money does not bear out',
    sql: { orders: `update orders set refund_status = 'REFUNDED' where id = :shipped` },
  },
  {
    breaks: 3,
    named: 'refund',
    fault: 'a refund that no payment has returned',
    sql: { payments: 'delete from refunds' },
  },
  {
    breaks: 3,
    named: 'refund',
    fault: 'money returned by a refund that failed',
    sql: { orders: `update refunds set status = 'FAILED' where id = :refund` },
  },
  {
    breaks: 4,
    named: 'failed',
    fault: 'a failed order has paid',
    sql: {
      payments: `insert into payments (id, order_id, attempt, state, amount, authorized, captured, currency, method, provider)
        values (gen_random_uuid(), :failed, 9, 'CAPTURED', 2000, 2000, 2000, 'GBP', 'x', 'simulator')`,
    },
  },
  {
    breaks: 4,
    named: 'failed',
    fault: 'a failed order has an authorization',
    sql: {
      payments: `insert into payments (id, order_id, attempt, state, amount, authorized, currency, method, provider)
        values (gen_random_uuid(), :failed, 9, 'AUTHORIZED', 2000, 2000, 'GBP', 'x', 'simulator')`,
    },
  },
  {
    breaks: 4,
    named: 'failed',
    fault: 'a failed order holds units',
    sql: { catalog: `update holds set state = 'HELD', ended_at = null where order_id = :failed` },
  },
  {
    breaks: 4,
    named: 'failed',
    fault: 'only the provider knows of an authorization',
    sql: {
      payments: `insert into simulator_charges (key, version, charge)
        select id, 1, '{"state": "AUTHORIZED", "captures": {}, "refunds": {}}' from payments where order_id = :failed`,
    },
  },
  {
    breaks: 5,
    named: 'confirmed',
    fault: 'a confirmed order has paid too little',
    sql: { payments: 'update payments set captured = captured - 1 where order_id = :confirmed' },
  },
  {
    breaks: 5,
    named: 'confirmed',
    fault: 'the payment of a confirmed order is not there',
    sql: { payments: 'delete from payments where order_id = :confirmed' },
  },
  {
    breaks: 5,
    named: 'authorized',
    fault: 'an order counts on an authorization that has ended',
    sql: { payments: `update payments set state = 'VOIDED' where order_id = :authorized` },
  },
  {
    breaks: 5,
    named: 'authorized',
    fault: 'an order has lost its authorization, and does not say so',
    sql: { orders: 'update orders set authorized = 0 where id = :authorized' },
  },
  {
    breaks: 5,
    named: 'confirmed',
    fault: 'a confirmed order has lost its units',
    sql: { catalog: `update holds set state = 'RELEASED' where order_id = :confirmed` },
  },
  {
    breaks: 5,
    named: 'shipped',
    fault: 'an order was shipped with fewer units',
    sql: { catalog: 'update hold_items set quantity = 2, consumed = 2 where order_id = :shipped' },
  },
  {
    breaks: 5,
    named: 'shipped',
    fault: 'an order was shipped whose units are still there',
    sql: { catalog: `update holds set state = 'COMMITTED' where order_id = :shipped` },
  },
];
