import { batched } from '@waybill/kernel/batch.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { expect, vi } from 'vitest';
import { customer, orderId, STAFF, type System } from './system.js';

/** An order under test, with whoever placed it. */
export interface Placed {
  /** As the tables know it. */
  id: string;
  /** As the API knows it. */
  gid: string;
  sku: string;
  buyer: Identity & { kind: 'user' };
}

export interface Wish {
  card?: string;
  /** In place of the card: several with an amount each. */
  cards?: Array<[card: string, amount: string]>;
  sku?: string;
  quantity?: number;
  buyer?: Identity & { kind: 'user' };
  notify?: boolean;
  /** Bare id; the main one unless said. */
  storefrontId?: string;
  /** Place it for a guest, as staff. */
  guest?: boolean;
  /** Its money is taken with each shipment: staff say so. */
  captureOnShipment?: boolean;
  /** Costs nothing: staff say so. */
  free?: boolean;
}

export interface OrderState {
  id: string;
  status: string;
  payment: string;
  refund: string;
  reason: string | null;
  attention: string | null;
  version: number;
  /** Refunds, edits and units called off that are not yet answered. */
  open: number;
}

interface Payload {
  order: { id: string } | null;
  refund?: { id: string } | null;
  userErrors: Array<{ code: string }>;
}

const PLACE = `mutation ($input: PlaceOrderInput!) {
  payload: placeOrder(input: $input) { order { id } userErrors { code } } }`;
const CANCEL = `mutation ($input: CancelOrderInput!) {
  payload: cancelOrder(input: $input) { order { id } userErrors { code } } }`;
const CANCEL_LINES = `mutation ($input: CancelOrderLinesInput!) {
  payload: cancelOrderLines(input: $input) { order { id } userErrors { code } } }`;
const PAY = `mutation ($input: PayOrderInput!) {
  payload: payOrder(input: $input) { order { id } userErrors { code } } }`;
const FULFILL = `mutation ($input: FulfillOrdersInput!) {
  payload: fulfillOrders(input: $input) { userErrors { code } } }`;
const SHIP = `mutation ($input: TrackingInput!) {
  payload: shipFulfillment(input: $input) { order { id } userErrors { code } } }`;
const EDIT = `mutation ($input: EditOrderInput!) {
  payload: editOrder(input: $input) { order { id } userErrors { code } } }`;
const REFUND = `mutation ($input: RefundOrderInput!) {
  payload: refundOrder(input: $input) { refund { id } userErrors { code } } }`;

const STATES = `
  select id, version, status, payment_status as payment, refund_status as refund, reason,
    needs_attention as attention,
    (select count(*)::int from (
      select order_id from refunds where status = 'PENDING'
      union all select order_id from line_cancellations where status = 'PENDING'
      union all select order_id from order_edits where status in ('PENDING', 'APPLIED')) work
     where order_id = orders.id) as open
  from orders where id = any($1::uuid[])`;

const WAIT = { timeout: 30_000, interval: 40 };

/** What people do with orders, and what the tables then say. A product has the price 10.00. */
export function ordersAtWork(system: System) {
  const states = batched(async (ids: string[]) => {
    const rows = await system.sql<OrderState>('orders', STATES, [ids]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? new Error(`there is no order ${id}`));
  }, 1000);
  const ask = async (identity: Identity, source: string, input: object) => {
    const { payload } = await system.ask<{ payload: Payload }>('orders', identity, source, {
      input,
    });
    return payload;
  };

  return {
    state: (order: Placed) => states(order.id),
    async product(onHand = 1000): Promise<string> {
      const sku = `SKU-${newId().slice(-12)}`;
      await system.ask(
        'catalog',
        STAFF,
        'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id } } }',
        { input: { title: `Title of ${sku}`, variants: [{ sku, price: '10.00', onHand }] } },
      );
      return sku;
    },
    async place(wish: Wish = {}): Promise<Placed> {
      const { card = 'pm_card_approve', quantity = 2, buyer = customer(), notify = false } = wish;
      const sku = wish.sku ?? (await this.product());
      const order = {
        idempotencyKey: newId(),
        lines: [{ sku, quantity, ...(wish.free ? { quotedUnitPrice: '0.00' } : {}) }],
        ...(wish.cards ? { payments: split(wish.cards) } : { paymentMethod: card }),
        notifyCustomer: notify,
        ...(wish.storefrontId && { storefrontId: `Storefront_${wish.storefrontId}` }),
      };
      const staffed = wish.guest || wish.free || wish.captureOnShipment;
      const captureOn = wish.captureOnShipment ? 'SHIPMENT' : null;
      const forGuest = { ...order, customerId: null, captureOn };
      const payload = staffed ? await ask(STAFF, PLACE, forGuest) : await ask(buyer, PLACE, order);
      expect(payload.userErrors).toEqual([]);
      const gid = payload.order?.id as string;
      return { id: orderId.decode(gid) as string, gid, sku, buyer: staffed ? STAFF : buyer };
    },
    cancel: ({ gid, buyer }: Placed) =>
      ask(buyer, CANCEL, { orderId: gid, reason: 'changed mind' }),
    /** Calls units of its first line off. */
    cancelUnits: ({ gid }: Placed, quantity: number) =>
      ask(STAFF, CANCEL_LINES, { orderId: gid, lines: [{ lineNumber: 1, quantity }] }),
    pay: ({ gid, buyer }: Placed, paymentMethod: string, amount?: string) =>
      ask(buyer, PAY, { orderId: gid, paymentMethod, amount }),
    fulfill: ({ gid }: Placed) => ask(STAFF, FULFILL, { orderIds: [gid] }),
    /** Hands over the parcel that waits for its money. */
    async shipAgain({ id }: Placed) {
      const held = `select 'Fulfillment_' || id as id from fulfillments where order_id = $1 and status = 'ON_HOLD'`;
      const [parcel] = await system.sql<{ id: string }>('orders', held, [id]);
      return ask(STAFF, SHIP, { fulfillmentId: parcel?.id });
    },
    edit: ({ gid, buyer }: Placed, change: object) => ask(buyer, EDIT, { orderId: gid, ...change }),
    refund: ({ gid }: Placed, quantity: number, restock: boolean, amount?: string) =>
      ask(STAFF, REFUND, {
        orderId: gid,
        idempotencyKey: newId(),
        lines: [{ lineNumber: 1, quantity }],
        restock,
        ...(amount ? { amount } : {}),
      }),
    /** Waits until the order has come to look like this. */
    async reaches(order: Placed, expected: Partial<OrderState> | string): Promise<void> {
      const wanted = typeof expected === 'string' ? { status: expected } : expected;
      await vi.waitFor(async () => {
        const state = await states(order.id);
        // No `expect`: hundreds of orders wait at once, and its differences are costly.
        const match = Object.entries(wanted).every(([key, value]) => Object(state)[key] === value);
        if (!match)
          throw new Error(`waits for ${JSON.stringify(wanted)}: ${JSON.stringify(state)}`);
      }, WAIT);
    },
    /** Waits until the order waits for another card. */
    async declined({ id }: Placed): Promise<void> {
      const text = `select from order_events where order_id = $1 and type = 'payment_declined'`;
      const found = async () => expect(await system.sql('orders', text, [id])).toHaveLength(1);
      await vi.waitFor(found, WAIT);
    },
    /** The types of the order's events, in order. */
    async history({ id }: Placed): Promise<string[]> {
      const text = 'select type from order_events where order_id = $1 order by seq';
      return (await system.sql<{ type: string }>('orders', text, [id])).map(({ type }) => type);
    },
    async stock(sku: string) {
      const [row] = await system.sql<{ onHand: number; reserved: number }>(
        'catalog',
        `select sum(on_hand)::integer as "onHand", sum(reserved)::integer as reserved
         from stock_levels join variants on id = variant_id where sku = $1 group by id`,
        [sku],
      );
      return row;
    },
    async holdState({ id }: Placed): Promise<string | undefined> {
      const text = 'select state from holds where order_id = $1';
      return (await system.sql<{ state: string }>('catalog', text, [id]))[0]?.state;
    },
    async payments({ id }: Placed) {
      const text = `select state, authorized::int, captured::int, refunded::int, failure_code as code
                    from payments where order_id = $1 order by attempt`;
      return system.sql<{ state: string; authorized: number; captured: number; refunded: number }>(
        'payments',
        text,
        [id],
      );
    },
    /** Lets time pass for a hold: it has run out by now, in both databases. */
    async holdRunsOut({ id }: Placed): Promise<void> {
      await system.sql('catalog', `update holds set expires_at = now() where order_id = $1`, [id]);
      await system.sql('orders', `update orders set expires_at = now() where id = $1`, [id]);
    },
  };
}

const split = (cards: Array<[card: string, amount: string]>) =>
  cards.map(([method, amount]) => ({ method, amount }));

export type OrdersAtWork = ReturnType<typeof ordersAtWork>;
