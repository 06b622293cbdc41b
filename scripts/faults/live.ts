import { setTimeout as delay } from 'node:timers/promises';
import {
  CancelOrderDocument,
  FulfillOrdersDocument,
  PayOrderDocument,
  PlaceOrderDocument,
  RecordReturnDocument,
  RefundOrderDocument,
} from '@waybill/schema/generated/graphql.js';
import type { Client } from '../client.js';
import { insist } from './insist.js';
import type { Acknowledged, Action, Journal } from './journal.js';
import type { Life } from './plan-life.js';
import type { Sightings } from './sightings.js';

export interface Shop {
  customer: Client;
  staff: Client;
  journal: Journal;
  sightings: Sightings;
  /** Begins every key of the run. */
  run: string;
  /** Aborted when nobody waits any longer. */
  over: AbortSignal;
  /** Told what should not have happened. */
  find(finding: string): void;
}

const PAID = ['CONFIRMED'];
const ENDED = ['CANCELLED', 'FAILED', 'EXPIRED'];
const SHIPPED = ['SHIPPED', 'DELIVERED'];

/** Another card is tried this long after an order was placed whose first one is declined for now. */
const OTHER_CARD_AFTER_MS = 1000;

/** Lives an order through: places it and does with it what was planned, as far as it comes. */
export async function live(life: Life, shop: Shop): Promise<void> {
  const orderId = await place(life, shop);
  if (!orderId) return;
  if (life.afterwards === 'cancel at once') return cancel(orderId, life, shop);
  if (life.card === 'pm_card_insufficient_funds') await payAgain(orderId, life, shop);
  if (life.afterwards === 'nothing') return;
  const status = await shop.sightings.until(orderId, [...PAID, ...ENDED], shop.over);
  if (!PAID.includes(status)) return;
  if (life.afterwards === 'cancel when confirmed') return cancel(orderId, life, shop);
  await fulfill(orderId, life, shop);
  if (life.afterwards === 'ship') return;
  await shop.sightings.until(orderId, SHIPPED, shop.over);
  if (life.afterwards === 'ship and refund') await refund(orderId, life, shop);
  else await takeBack(orderId, life, shop);
}

interface Answer {
  orderId?: string | undefined;
  refundId?: string | undefined;
  returnId?: string | undefined;
  /** Codes of what was refused. */
  refused: readonly string[];
}

/** Asks until there is an answer; what is acknowledged goes into the journal, under the key. */
async function acknowledged(
  action: Action,
  life: Life,
  shop: Shop,
  ask: (key: string) => Promise<Answer>,
): Promise<Answer> {
  const key = `${shop.run}-${life.number}-${action}`;
  const { answer, attempts } = await insist(() => ask(key), shop.over);
  const { orderId, refundId, returnId, refused } = answer;
  if (refused.length > 0 || !orderId) return answer;
  const ids = { orderId, ...(refundId && { refundId }), ...(returnId && { returnId }) };
  const entry: Acknowledged = { at: Date.now(), action, key, ...ids, attempts };
  await shop.journal.append(entry);
  return answer;
}

async function place(life: Life, shop: Shop): Promise<string | undefined> {
  const asker = askerOf(life, shop);
  const ask = async (idempotencyKey: string): Promise<Answer> => {
    const { placeOrder } = await asker.run(PlaceOrderDocument, {
      input: {
        idempotencyKey,
        lines: [{ sku: life.sku, quantity: life.quantity }],
        paymentMethod: life.card,
        ...(life.byStaff ? { customerId: null } : {}),
        notifyCustomer: false,
      },
    });
    return { orderId: placeOrder.order?.id, refused: codes(placeOrder.userErrors) };
  };
  const { orderId, refused } = await acknowledged('place', life, shop, ask);
  if (!orderId) shop.find(`order ${life.number} was refused: ${refused.join(', ')}`);
  if (!orderId || !life.askedTwice) return orderId;
  const again = await acknowledged('place', life, shop, ask);
  if (again.orderId !== orderId) {
    shop.find(`order ${life.number} was placed as ${orderId} and again as ${again.orderId}`);
  }
  return orderId;
}

/** Until the first card is known to be declined, another is refused; so it is asked again, under the same key. */
async function payAgain(orderId: string, life: Life, shop: Shop): Promise<void> {
  for (;;) {
    await delay(OTHER_CARD_AFTER_MS, undefined, { signal: shop.over });
    const { refused } = await acknowledged('pay', life, shop, async (idempotencyKey) => {
      const input = { orderId, paymentMethod: 'pm_card_approve', idempotencyKey };
      const { payOrder } = await askerOf(life, shop).run(PayOrderDocument, { input });
      return { orderId: payOrder.order?.id, refused: codes(payOrder.userErrors) };
    });
    if (refused.length === 0) return;
    if (ENDED.includes((await shop.sightings.now(orderId, shop.over)) ?? '')) return;
  }
}

async function cancel(orderId: string, life: Life, shop: Shop): Promise<void> {
  await acknowledged('cancel', life, shop, async (idempotencyKey) => {
    const input = { orderId, reason: 'changed mind', idempotencyKey };
    const { cancelOrder } = await shop.staff.run(CancelOrderDocument, { input });
    return { orderId: cancelOrder.order?.id, refused: codes(cancelOrder.userErrors) };
  });
}

async function fulfill(orderId: string, life: Life, shop: Shop): Promise<void> {
  await acknowledged('fulfill', life, shop, async (idempotencyKey) => {
    const input = { orderIds: [orderId], idempotencyKey };
    const { fulfillOrders } = await shop.staff.run(FulfillOrdersDocument, { input });
    return { orderId: fulfillOrders.orders[0]?.id, refused: codes(fulfillOrders.userErrors) };
  });
}

async function refund(orderId: string, life: Life, shop: Shop): Promise<void> {
  await acknowledged('refund', life, shop, async (idempotencyKey) => {
    const lines = [{ lineNumber: 1, quantity: 1 }];
    const input = { orderId, idempotencyKey, lines, restock: false };
    const { refundOrder } = await shop.staff.run(RefundOrderDocument, { input });
    const refused = codes(refundOrder.userErrors);
    return { orderId, refundId: refundOrder.refund?.id, refused };
  });
}

async function takeBack(orderId: string, life: Life, shop: Shop): Promise<void> {
  await acknowledged('return', life, shop, async (idempotencyKey) => {
    const lines = [{ lineNumber: 1, quantity: 1, restock: 1 }];
    const input = { orderId, idempotencyKey, lines };
    const { recordReturn } = await shop.staff.run(RecordReturnDocument, { input });
    const refused = codes(recordReturn.userErrors);
    return { orderId, returnId: recordReturn.return?.id, refused };
  });
}

const askerOf = ({ byStaff }: Life, { staff, customer }: Shop) => (byStaff ? staff : customer);

const codes = (errors: ReadonlyArray<{ code: string }>) => errors.map(({ code }) => code);
