import type { Merged, Source } from './merge.js';

/** What the orders say. Amounts in minor units, units as their fingerprint (see `units`). */
export interface OrderRow {
  status: string;
  /** When the money is taken: CONFIRMATION or SHIPMENT. */
  captureOn: string;
  total: number;
  /** What may be captured in all: the first total, and what edits had paid on top. */
  payable: number;
  captured: number;
  authorized: number;
  refunded: number;
  /** Its money is taken with the shipments, and not all of it has left. */
  awaitsShipment: boolean;
  /** Refunds, captures, shipments, returns, edits and units called off that are asked for and not answered. */
  openWork: number;
  /** An event of it has not left the outbox. */
  sending: boolean;
  attended: boolean;
  /** Its last payment method was declined, and its customer may try another. */
  awaitsCustomer: boolean;
  /** Seconds since it last changed, and since its time ran out (null: it has none). */
  stillSeconds: number;
  overdueSeconds: number | null;
  units: string;
  /** Units that have left in parcels. */
  shipped: string;
}

/** What the payments of one order say together. */
export interface PaymentsRow {
  captured: number;
  refunded: number;
  /** What was captured, and what still can be. */
  usable: number;
  /** Payments whose money may be held. */
  open: number;
  /** Seconds until the provider is asked about one that it has not settled; null where there is none. */
  checkInSeconds: number | null;
  /** States of charges of which the simulated provider holds or keeps money. */
  atProvider: string | null;
}

export interface HoldRow {
  state: string;
  /** What of it was not released. */
  units: string;
  /** What of it has left the building. */
  consumed: string;
}

interface Rows {
  order: OrderRow;
  payments: PaymentsRow;
  hold: HoldRow;
}
export type OrderFacts = Merged<Rows>;

/**
 * Units by product as one number that is the same wherever it is computed, whatever the order of the rows: two
 * databases agree on what was bought when they agree on it.
 */
const units = (variantId: string, quantity: string) =>
  `coalesce(sum(uuid_hash_extended(${variantId}, 0)::numeric * (${quantity})), 0)::text`;

/** The amounts under all keys of a part of the charge. */
const total = (part: string) =>
  `(select coalesce(sum(value::numeric), 0) from jsonb_each_text(c.charge -> '${part}'))`;

const order: Source = {
  database: 'orders',
  table: 'orders',
  column: 'id',
  text: (among) => `
    select o.id, o.status, o.total::float8,
      (coalesce(e.first_total, o.total) + coalesce(e.paid_on_top, 0))::float8 as payable, o.captured::float8, o.authorized::float8, o.refunded::float8,
      o.capture_on = 'SHIPMENT' and o.status in ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED') as "awaitsShipment",
      coalesce(w.open, 0)::int + (o.pending_capture is not null)::int as "openWork", o.id in (select subject from outbox) as sending,
      o.needs_attention is not null as attended, o.capture_on as "captureOn",
      o.status = 'RESERVED' and not o.payments @> '[{"state": "DUE"}]' as "awaitsCustomer",
      extract(epoch from now() - o.updated_at)::float8 as "stillSeconds",
      extract(epoch from now() - o.expires_at)::float8 as "overdueSeconds",
      coalesce(l.units, '0') as units, coalesce(l.shipped, '0') as shipped
    from orders o
    left join (
      select order_id, ${units('product_id', 'quantity - cancelled_quantity')} as units,
        ${units('product_id', 'shipped_quantity')} as shipped
      from order_lines
      where kind = 'PRODUCT' and ${among('order_id')} group by 1) l on l.order_id = o.id
    left join (
      select order_id, sum((payment ->> 'amount')::bigint) as paid_on_top,
        (array_agg((replaced ->> 'total')::bigint order by applied_at) filter (where applied_at is not null))[1] as first_total
      from order_edits
      where ${among('order_id')} group by 1) e on e.order_id = o.id
    left join (
      select order_id, count(*) as open from (
        select order_id from refunds where status = 'PENDING'
        union all select order_id from line_cancellations where status = 'PENDING'
        union all select order_id from returns where restocking = 'PENDING'
        union all select order_id from order_edits where status in ('PENDING', 'APPLIED')
        union all select order_id from fulfillments where status = 'SHIPPING') work
      where ${among('order_id')} group by 1) w on w.order_id = o.id
    where ${among('o.id')}`,
};

const payments: Source = {
  database: 'payments',
  table: 'payments',
  column: 'order_id',
  text: (among) => `
    select p.order_id as id, sum(p.captured)::float8 as captured, sum(p.refunded)::float8 as refunded,
      sum(case when p.state in ('AUTHORIZED', 'PARTIALLY_CAPTURED') and p.failure_code is null
        then p.authorized else p.captured end)::float8 as usable,
      count(*) filter (where p.state in ('REQUESTED', 'PENDING', 'AUTHORIZED', 'PARTIALLY_CAPTURED', 'FAILED'))::int as open,
      extract(epoch from min(p.check_at) filter (where p.state = 'PENDING') - now())::float8 as "checkInSeconds",
      string_agg(c.charge ->> 'state', ', ') filter (
        where c.charge ->> 'state' not in ('VOIDED', 'EXPIRED')
          and not (c.charge ->> 'state' = 'CAPTURED' and ${total('captures')} = ${total('refunds')})
      ) as "atProvider"
    from payments p left join simulator_charges c on c.key = p.id::text
    where ${among('p.order_id')} group by 1`,
};

const hold: Source = {
  database: 'catalog',
  table: 'holds',
  column: 'order_id',
  text: (among) => `
    select h.order_id as id, h.state, coalesce(i.units, '0') as units,
      coalesce(i.consumed, '0') as consumed
    from holds h
    left join (
      select order_id, ${units('variant_id', 'quantity - released')} as units, ${units('variant_id', 'consumed')} as consumed
      from hold_items
      where ${among('order_id')} group by 1) i on i.order_id = h.order_id
    where ${among('h.order_id')}`,
};

export const ORDER_SOURCES = { order, payments, hold };

/** Over: nothing of it is paid or held any more. */
export const CALLED_OFF = ['CANCELLED', 'FAILED', 'EXPIRED'];
/** Paid as agreed, its units its own. */
export const SETTLED = ['CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED'];

/** SQL for one of these words. */
export const oneOf = (words: readonly string[]) => `(${words.map((word) => `'${word}'`)})`;

/** Nothing of the order is under way by its own account: what the other databases say must agree with it. */
export const isAtRest = ({ openWork, sending }: OrderRow) => openWork === 0 && !sending;
