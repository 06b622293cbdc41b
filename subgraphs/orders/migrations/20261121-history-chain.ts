import { Migration } from '@mikro-orm/migrations';
import { type ChainedEvent, eventHash } from '../history/chain.js';

/** Orders chained at once. */
const BATCH = 1000;

/**
 * Every event says what it changed and has a hash over all before it. Of orders that are there the last event tells
 * all that they are by now, and their events are chained as they stand.
 */
export class HistoryChain extends Migration {
  override name = '20261121-history-chain';

  override async up(): Promise<void> {
    await this.execute(`
      alter table order_events add column changes jsonb not null default '{}', add column hash text`);
    await this.execute('alter table orders add column history_hash text');
    await this.execute('alter table order_events disable trigger order_events_append_only');
    await this.execute(LAST_EVENTS);
    await this.#chainAll();
    await this.execute('alter table order_events enable trigger order_events_append_only');
    await this.execute('alter table order_events alter column hash set not null');
  }

  async #chainAll(): Promise<void> {
    let after: string | undefined = NO_ID;
    while (after) after = await this.#chainNext(after);
  }

  /** Id of the last order chained; undefined where none is left. */
  async #chainNext(after: string): Promise<string | undefined> {
    const rows = (await this.execute(EVENTS, [after, BATCH])) as unknown as PastEvent[];
    const hashes: Array<{ orderId: string; seq: number; hash: string }> = [];
    for (const event of rows) {
      const before = hashes.at(-1);
      const previous = before?.orderId === event.orderId ? before.hash : null;
      const hash = eventHash(previous, { ...event, at: new Date(event.at).toISOString() });
      hashes.push({ orderId: event.orderId, seq: event.seq, hash });
    }
    if (hashes.length > 0) await this.execute(WRITE, [JSON.stringify(hashes)]);
    return hashes.at(-1)?.orderId;
  }
}

type PastEvent = Omit<ChainedEvent, 'at'> & { at: string | Date };

const NO_ID = '00000000-0000-0000-0000-000000000000';

const EVENTS = `
  select order_id as "orderId", seq, id, type, from_status as "fromStatus", to_status as "toStatus", actor, reason, data,
    changes, at
  from order_events
  where order_id in (select id from orders where id > ? order by id limit ?)
  order by order_id, seq`;

const WRITE = `
  with chained as (
    select * from json_to_recordset(?::json) as c("orderId" uuid, seq int, hash text)
  ), heads as (
    update orders o set history_hash = c.hash from chained c where o.id = c."orderId" and o.seq = c.seq
  )
  update order_events e set hash = c.hash, at = date_trunc('milliseconds', e.at)
  from chained c where e.order_id = c."orderId" and e.seq = c.seq`;

const parts = (columns: string, table: string) => `(
  select coalesce(jsonb_agg(jsonb_build_object(${columns})), '[]') from ${table} where order_id = o.id)`;

const LAST_EVENTS = `
  update order_events e set changes = jsonb_build_object('state', jsonb_build_object(
    'paymentStatus', o.payment_status, 'refundStatus', o.refund_status, 'currency', o.currency, 'total', o.total,
    'authorized', o.authorized, 'captured', o.captured, 'refunded', o.refunded, 'customerId', o.customer_id,
    'notify', o.notify, 'contactEmail', o.contact_email, 'captureOn', o.capture_on, 'version', o.version, 'payments', o.payments,
    'paymentReversed', o.payment_reversed, 'expiresAt', o.expires_at, 'cancelTarget', o.cancel_target,
    'reason', o.reason, 'fulfillmentHold', o.fulfillment_hold, 'needsAttention', o.needs_attention,
    'shippingAddress', o.shipping_address
  ), 'parts', jsonb_build_object(
    'lines', ${parts(
      `'lineNumber', line_number, 'kind', kind, 'sku', sku, 'productId', product_id, 'title', title,
       'quantity', quantity, 'unitPrice', unit_price, 'cancelled', cancelled_quantity,
       'fulfilled', fulfilled_quantity, 'shipped', shipped_quantity, 'returned', returned_quantity,
       'refunded', refunded_quantity`,
      'order_lines',
    )},
    'fulfillments', ${parts(
      `'id', id, 'number', number, 'status', status, 'lines', lines, 'captureAmount', capture_amount,
       'captured', captured, 'heldReason', held_reason, 'carrier', carrier,
       'trackingNumber', tracking_number, 'trackingUrl', tracking_url`,
      'fulfillments',
    )},
    'refunds', ${parts(
      `'id', id, 'status', status, 'amount', amount, 'reason', reason, 'restock', restock, 'lines', lines,
       'failureCode', failure_code, 'requestedBy', requested_by, 'idempotencyKey', idempotency_key,
       'requestHash', request_hash`,
      'refunds',
    )},
    'lineCancellations', ${parts(
      `'id', id, 'status', status, 'lines', lines, 'reason', reason`,
      'line_cancellations',
    )},
    'returns', ${parts(
      `'id', id, 'number', number, 'status', status, 'lines', lines, 'reason', reason, 'rejection', rejection,
       'refundId', refund_id, 'restocking', restocking, 'requestedBy', requested_by,
       'idempotencyKey', idempotency_key, 'requestHash', request_hash`,
      'returns',
    )}))
  from orders o where e.order_id = o.id and e.seq = o.seq`;
