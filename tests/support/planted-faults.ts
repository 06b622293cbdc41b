import type { AuditedDatabase } from '@waybill/scripts/audit/snapshots.js';

/** One fault, planted in the databases in a transaction of its own. */
export interface Fault {
  breaks: number;
  /** What the audit must name: one of `ids`. */
  named: string;
  fault: string;
  /** SQL in which `:name` stands for one of `ids`. */
  sql: Partial<Record<AuditedDatabase, string>>;
  /** Every job is gone from the queues. */
  withoutJobs?: boolean;
}

const anyStock = 'alter table products drop constraint reserved_within_on_hand;';
const anyAmount = `
  alter table payments drop constraint refunded_within_captured;
  alter table payments drop constraint captured_within_authorized;`;
const anyUnits = 'alter table hold_items drop constraint each_unit_ends_once;';
const anyEvent = 'alter table order_events disable trigger user;';
const anyQuantity = (...guards: string[]) =>
  guards.map((guard) => `alter table order_lines drop constraint ${guard};`).join(' ');
const twin = (table: string, columns: string, which: string) =>
  `insert into ${table} overriding system value
   select (jsonb_populate_record(t, jsonb_build_object(${columns}))).* from ${table} t where ${which};`;

const STOCK: Fault[] = [
  {
    breaks: 1,
    named: 'sku',
    fault: 'units are reserved that nobody holds',
    sql: { catalog: 'update products set reserved = reserved + 1 where sku = :sku' },
  },
  {
    breaks: 1,
    named: 'sku',
    fault: 'more is held than is on hand',
    sql: {
      catalog: `${anyStock} update products set on_hand = 0, reserved = 3 where sku = :sku;
        update holds set state = 'COMMITTED', ended_at = null where order_id = :shipped;
        update hold_items set consumed = 0 where order_id = :shipped`,
    },
  },
  {
    breaks: 2,
    named: 'confirmed',
    fault: 'a hold has ended and is still active',
    sql: { catalog: 'update holds set ended_at = now() where order_id = :confirmed' },
  },
  {
    breaks: 2,
    named: 'shipped',
    fault: 'a hold has ended, nobody knows when',
    sql: { catalog: 'update holds set ended_at = null where order_id = :shipped' },
  },
  {
    breaks: 2,
    named: 'shipped',
    fault: 'a unit has ended twice',
    sql: {
      catalog: `${anyUnits} update hold_items set released = 1 where order_id = :shipped`,
    },
  },
  {
    breaks: 2,
    named: 'shipped',
    fault: 'a unit of a hold that has ended has not',
    sql: { catalog: 'update hold_items set consumed = consumed - 1 where order_id = :shipped' },
  },
  {
    breaks: 2,
    named: 'shipped',
    fault: 'a shipment took units that are still counted',
    sql: {
      catalog: `insert into hold_changes (change_id, kind, order_id, items)
        values (gen_random_uuid(), 'CONSUMED', :shipped, jsonb_build_array(jsonb_build_object('sku', :sku, 'quantity', 1)))`,
    },
  },
  {
    breaks: 2,
    named: 'failed',
    fault: 'units have left for an order that failed',
    sql: { catalog: `update holds set state = 'CONSUMED' where order_id = :failed` },
  },
  {
    breaks: 2,
    named: 'refund',
    fault: 'goods came back for no refund',
    sql: { orders: 'update refunds set restock = false where id = :refund' },
  },
  {
    breaks: 2,
    named: 'refund',
    fault: 'more goods came back than were refunded',
    sql: { catalog: `update restocks set items = jsonb_set(items, '{0,quantity}', '2')` },
  },
  {
    breaks: 2,
    named: 'refund',
    fault: 'goods that were given back are lost',
    sql: { catalog: 'delete from restocks where restock_id = :refund' },
  },
];

const MONEY: Fault[] = [
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

const HISTORY: Fault[] = [
  {
    breaks: 6,
    named: 'shipped',
    fault: 'more is refunded than was ordered',
    sql: {
      orders: `${anyQuantity('order_lines_check')}
        update order_lines set refunded_quantity = quantity + 1 where order_id = :shipped`,
    },
  },
  {
    breaks: 6,
    named: 'shipped',
    fault: 'more is shipped and cancelled than was ordered',
    sql: {
      orders: `${anyQuantity('order_lines_check1', 'order_lines_check2')}
        update order_lines set shipped_quantity = quantity, cancelled_quantity = 1 where order_id = :shipped`,
    },
  },
  {
    breaks: 6,
    named: 'shipped',
    fault: 'more is returned than was shipped',
    sql: {
      orders: `${anyQuantity('order_lines_check3')}
        update order_lines set returned_quantity = shipped_quantity + 1 where order_id = :shipped`,
    },
  },
  {
    breaks: 6,
    named: 'shipped',
    fault: 'units were refunded by no refund',
    sql: { orders: 'update order_lines set refunded_quantity = 2 where order_id = :shipped' },
  },
  {
    breaks: 7,
    named: 'confirmed',
    fault: 'a move without an event',
    sql: { orders: `update orders set status = 'SHIPPED' where id = :confirmed` },
  },
  {
    breaks: 7,
    named: 'confirmed',
    fault: 'an event that nobody caused',
    sql: { orders: `${anyEvent} update order_events set actor = '' where order_id = :confirmed` },
  },
  {
    breaks: 7,
    named: 'confirmed',
    fault: 'an event that begins elsewhere than the last one ended',
    sql: {
      orders: `${anyEvent} update order_events set to_status = 'PENDING'
        where order_id = :confirmed and type = 'validated'`,
    },
  },
  {
    breaks: 7,
    named: 'shipped',
    fault: 'a move that cannot be made',
    sql: {
      orders: `${anyEvent} delete from order_events where order_id = :shipped and to_status = 'PROCESSING';
        update order_events set from_status = 'CONFIRMED' where order_id = :shipped and type = 'shipped'`,
    },
  },
  {
    breaks: 7,
    named: 'confirmed',
    fault: 'a message of what never happened',
    sql: {
      orders: `insert into outbox (id, type, subject, data)
        values (gen_random_uuid(), 'order.shipped', :confirmed, '{}')`,
    },
  },
  {
    breaks: 8,
    named: 'confirmed',
    fault: 'a gap in the history',
    sql: {
      orders: `${anyEvent} delete from order_events where order_id = :confirmed and type = 'validated'`,
    },
  },
  {
    breaks: 8,
    named: 'confirmed',
    fault: 'the end of the history is missing',
    sql: {
      orders: `${anyEvent} delete from order_events where order_id = :confirmed and type = 'confirmed'`,
    },
  },
  {
    breaks: 9,
    named: 'confirmed',
    fault: 'a key with two orders',
    sql: {
      orders: `alter table orders drop constraint orders_placed_by_idempotency_key_key;
        ${twin('orders', `'id', 'ffffffff-0000-7000-8000-000000000000', 'number', 99`, 'id = :confirmed')}`,
    },
  },
  {
    breaks: 9,
    named: 'key',
    fault: 'a key whose effect nobody knows',
    sql: {
      orders: `insert into idempotency_keys (owner, mutation, key, request_hash)
        values ('someone', 'cancelOrder', :key, 'x')`,
    },
  },
  {
    breaks: 9,
    named: 'payment',
    fault: 'a capture that was made twice under one key',
    sql: {
      payments: `alter table captures drop constraint captures_pkey;
        ${twin('captures', `'amount', 1`, 'payment_id = :payment')}`,
    },
  },
  {
    breaks: 9,
    named: 'confirmed',
    fault: 'an order that paid twice',
    sql: {
      payments: twin('payments', `'id', gen_random_uuid(), 'attempt', 9`, 'order_id = :confirmed'),
    },
  },
  {
    breaks: 10,
    named: 'confirmed',
    fault: 'the price of a line has changed',
    sql: {
      orders: 'update order_lines set unit_price = unit_price + 1 where order_id = :confirmed',
    },
  },
  {
    breaks: 10,
    named: 'confirmed',
    fault: 'the price of a line and the total have changed',
    sql: {
      orders: `update order_lines set unit_price = unit_price + 1 where order_id = :confirmed;
        update orders set total = total + 1 where id = :confirmed`,
    },
  },
  {
    breaks: 11,
    named: 'pending',
    fault: 'the job of an order is lost',
    sql: {},
    withoutJobs: true,
  },
  {
    breaks: 11,
    named: 'failed',
    fault: 'an order is called off for ever',
    sql: { orders: `update orders set status = 'CANCELLING' where id = :failed` },
  },
  {
    breaks: 11,
    named: 'failed',
    fault: 'a hold has run out, and nobody ends the order',
    sql: {
      orders: `update orders set status = 'RESERVED', declined_attempt = payment_attempt,
        expires_at = now() - interval '1 minute' where id = :failed`,
    },
  },
  {
    breaks: 11,
    named: 'shipped',
    fault: 'nobody carries a refund out',
    sql: { orders: `update refunds set status = 'PENDING' where id = :refund` },
  },
];

/** What faults in the system would leave behind. */
export const FAULTS: readonly Fault[] = [...STOCK, ...MONEY, ...HISTORY];
