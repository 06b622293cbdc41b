import { anyEvent, anyQuantity, type Fault, twin } from './fault.js';

/** Faults that break the rules about lines, history, keys, prices and jobs. */
export const HISTORY: readonly Fault[] = [
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
    fault: 'units were returned that no return brought',
    sql: {
      orders: `update order_lines set returned_quantity = returned_quantity + 1 where order_id = :shipped`,
    },
  },
  {
    breaks: 6,
    named: 'shipped',
    fault: 'units left in no parcel',
    sql: { orders: `update fulfillments set status = 'CANCELLED' where order_id = :shipped` },
  },
  {
    breaks: 6,
    named: 'confirmed',
    fault: 'units are cancelled that nobody called off',
    sql: { orders: 'update order_lines set cancelled_quantity = 1 where order_id = :confirmed' },
  },
  {
    breaks: 6,
    named: 'shipped',
    fault: 'an order says that a part is still here',
    sql: { orders: `update orders set status = 'PARTIALLY_SHIPPED' where id = :shipped` },
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
    breaks: 8,
    named: 'confirmed',
    fault: 'an event that was changed',
    sql: {
      orders: `${anyEvent} update order_events set actor = 'user:x' where order_id = :confirmed and type = 'reserved'`,
    },
  },
  {
    breaks: 8,
    named: 'shipped',
    fault: 'a line that was changed without an event',
    sql: { orders: `update order_lines set title = 'x' where order_id = :shipped` },
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
    breaks: 9,
    named: 'edited',
    fault: 'an edited order that paid for more than its edits added',
    sql: {
      payments: `update payments set captured = captured + 1, authorized = authorized + 1, amount = amount + 1
        where order_id = :edited and attempt = 1`,
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
    breaks: 10,
    named: 'confirmed',
    fault: 'a line was made from another price than it says',
    sql: {
      catalog: `alter table prices disable trigger user;
        update prices set amount = amount + 1 where variant_id in (
          select variant_id from hold_items where order_id = :confirmed)`,
    },
  },
  {
    breaks: 10,
    named: 'edited',
    fault: 'a line costs something else than in the version before',
    sql: {
      orders: `update order_edits set replaced = jsonb_set(replaced, '{lines,0,unitPrice}', '1') where order_id = :edited`,
    },
  },
  {
    breaks: 10,
    named: 'edited',
    fault: 'a version is missing',
    sql: { orders: 'update order_edits set replaced = null where order_id = :edited' },
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
      orders: `update orders set status = 'RESERVED', payments = '[]',
        expires_at = now() - interval '1 minute' where id = :failed`,
    },
  },
  {
    breaks: 11,
    named: 'edited',
    fault: 'nobody carries an edit out',
    sql: { orders: `update order_edits set status = 'PENDING' where order_id = :edited` },
  },
  {
    breaks: 11,
    named: 'shipped',
    fault: 'nobody lets a parcel leave',
    sql: { orders: `update fulfillments set status = 'SHIPPING' where order_id = :shipped` },
  },
  {
    breaks: 11,
    named: 'shipped',
    fault: 'nobody carries a refund out',
    sql: { orders: `update refunds set status = 'PENDING' where id = :refund` },
  },
  {
    breaks: 11,
    named: 'pending',
    fault: 'a cart is kept for ever',
    sql: { orders: `update orders set status = 'DRAFT' where id = :pending` },
  },
  {
    breaks: 11,
    named: 'failed',
    fault: 'an order that has ended is kept as a cart',
    sql: { orders: `insert into drafts (order_id) values (:failed)` },
  },
];
