import { expect, vi } from 'vitest';
import { type Ledger, type OrderRow, readLedger } from './ledger.js';
import type { System } from './system.js';

const CALLED_OFF = ['CANCELLED', 'FAILED', 'EXPIRED'];
const PAID = ['CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED'];
const ACTIVE = ['HELD', 'COMMITTED'];
const OPEN = ['REQUESTED', 'PENDING', 'AUTHORIZED', 'PARTIALLY_CAPTURED', 'FAILED'];

type Rule = (ledger: Ledger) => string[];

/** What must always hold (docs/order-lifecycle.md), by number; each answers what breaks it. */
export const RULES: Record<string, Rule> = {
  '1 active holds are within what is on hand': ({ products, ...ledger }) =>
    products.flatMap(({ sku, onHand, reserved }) => {
      const held = sum(ledger.holdItems.filter((item) => item.sku === sku).map(active));
      if (reserved === held && held >= 0 && held <= onHand) return [];
      return [`${sku}: ${onHand} on hand, ${reserved} reserved, ${held} held`];
    }),

  '2 each unit ends once': ({ products, stocked, restocks, ...ledger }) => [
    ...products.flatMap(({ sku, onHand }) => {
      const back = restocks.flatMap(({ items }) => items).filter((item) => item.sku === sku);
      const expected = (stocked.get(sku) ?? 0) - consumed(ledger.holdItems, sku) + sum(back);
      return onHand === expected ? [] : [`${sku}: ${onHand} on hand, should be ${expected}`];
    }),
    ...products
      .filter(({ onHand, accounted }) => onHand !== accounted)
      .map(({ sku, onHand, accounted }) => `${sku}: ${onHand} on hand, ${accounted} accounted for`),
    ...ledger.holds
      .filter(({ state, ended }) => ended === ACTIVE.includes(state))
      .map(({ orderId, state }) => `${orderId}: a hold ${state} with the wrong end`),
    ...ledger.holdItems
      .filter((item) => active(item).quantity !== 0 && !holdsUnits(ledger, item.orderId))
      .map(({ orderId, sku }) => `${orderId}: ${sku} of an ended hold has not ended`),
    ...restocksOfNoRefund(restocks, ledger.refunds),
  ],

  '3 net paid is captured less refunded': (ledger) => [
    ...ledger.payments
      .filter((p) => !(0 <= p.refunded && p.refunded <= p.captured && p.captured <= p.authorized))
      .map(({ id }) => `payment ${id}: refunded, captured and authorized do not follow`),
    ...ledger.payments
      .filter((payment) => payment.refunded !== refundsOf(ledger, payment.id))
      .map(({ id, refunded }) => `payment ${id}: ${refunded} refunded, its refunds say otherwise`),
    ...ledger.payments
      .filter((payment) => payment.captured !== capturesOf(ledger, payment.id))
      .map(({ id, captured }) => `payment ${id}: ${captured} captured, its captures say otherwise`),
    ...[...Map.groupBy(ledger.entries, ({ transferId }) => transferId)]
      .filter(([, entries]) => entries.reduce((all, { amount }) => all + amount, 0) !== 0)
      .map(([transferId]) => `transfer ${transferId}: its sum is not 0`),
    ...ledger.orders
      .filter(({ id }) => !entriesAgree(ledger, id))
      .map(({ id }) => `order ${id}: the books know of other captures or refunds`),
    ...ledger.orders.filter((order) => !booksAgree(ledger, order)).map(({ id }) => `order ${id}`),
  ],

  '4 what was called off keeps nothing': (ledger) =>
    ledger.orders
      .filter(({ status }) => CALLED_OFF.includes(status))
      .flatMap(({ id, status }) => [
        ...paymentsOf(ledger, id)
          .filter((p) => OPEN.includes(p.state) || p.captured !== p.refunded)
          .map(({ state }) => `${status} order ${id}: a payment is ${state}`),
        ...moneyAtProvider(ledger, id).map((text) => `${status} order ${id}: ${text}`),
        ...ledger.holds
          .filter(({ orderId, state }) => orderId === id && ACTIVE.includes(state))
          .map(({ state }) => `${status} order ${id}: units are ${state}`),
      ]),

  '5 what is confirmed is paid and has its units': (ledger) =>
    ledger.orders
      .filter(({ status }) => PAID.includes(status))
      .flatMap(({ id, status, total }) => {
        const captured = paymentsOf(ledger, id).reduce((all, payment) => all + payment.captured, 0);
        const state = ledger.holds.find(({ orderId }) => orderId === id)?.state;
        const shipped = status === 'SHIPPED' || status === 'DELIVERED';
        const held = shipped ? ['CONSUMED'] : ['COMMITTED', 'CONSUMED'];
        return [
          ...(captured === total ? [] : [`${status} order ${id}: ${captured} of ${total} paid`]),
          ...(held.includes(state ?? '') ? [] : [`${status} order ${id}: units are ${state}`]),
          ...(sameUnits(ledger, id) ? [] : [`${status} order ${id}: other units than ordered`]),
        ];
      }),

  '6 no more is refunded than was ordered': ({ lines }) =>
    lines
      .filter(({ quantity, refunded }) => refunded < 0 || refunded > quantity)
      .map(({ orderId, sku }) => `order ${orderId}: ${sku}`),

  '7 every move has its event, and it was sent': ({ orders, events, published }) => [
    ...orders
      .filter(({ id, status }) => eventsOf(events, id).at(-1)?.to !== status)
      .map(({ id }) => `order ${id}: its last event leads elsewhere`),
    ...events
      .filter((event, i) => event.seq > 1 && event.from !== events[i - 1]?.to)
      .map(({ orderId, seq }) => `order ${orderId}: event ${seq} starts elsewhere`),
    ...events.filter(({ actor }) => !/^\w+:.+/.test(actor)).map(({ id }) => `${id}: no actor`),
    ...events.filter(({ id }) => !published.has(id)).map(({ id }) => `event ${id} was not sent`),
  ],

  '8 seq has no gaps': ({ orders, events }) =>
    orders
      .filter(({ id, seq }) => {
        const own = eventsOf(events, id);
        return own.length !== seq || own.some((event, i) => event.seq !== i + 1);
      })
      .map(({ id }) => `order ${id}`),

  '9 one key, one effect': (ledger) =>
    [
      ...repeated(ledger.orders.map(({ key }) => key)),
      ...ledger.orders.filter((order) => paidTwice(ledger, order)).map(({ id }) => id),
      ...repeated(ledger.captures.map(({ paymentId, captureId }) => `${paymentId} ${captureId}`)),
      ...repeated(ledger.paymentRefunds.map(({ id }) => id)),
    ].map((key) => `${key} has had two`),

  '10 prices stay as placed': (ledger) =>
    ledger.orders
      .filter(({ id, total }) => {
        const own = ledger.lines.filter(({ orderId }) => orderId === id);
        return total !== own.reduce((all, line) => all + line.quantity * line.unitPrice, 0);
      })
      .map(({ id }) => `order ${id}`),

  '11 no order waits for nothing': ({ stranded }) => stranded.map((id) => `order ${id}`),
};

export function violations(ledger: Ledger): string[] {
  return Object.entries(RULES).flatMap(([name, rule]) =>
    rule(ledger).map((what) => `${name}: ${what}`),
  );
}

/** Waits until everything that was committed was sent on, then checks every rule over all databases. */
export async function invariants(system: System): Promise<void> {
  const sent = async () => expect(await waiting(system)).toBe(0);
  await vi.waitFor(sent, { timeout: 5000, interval: 20 });
  expect(violations(await readLedger(system))).toEqual([]);
}

async function waiting({ sql }: System): Promise<number> {
  const counts = await Promise.all(
    (['orders', 'payments'] as const).map((name) =>
      sql<{ rows: number }>(name, 'select count(*)::int as rows from outbox'),
    ),
  );
  return counts.flat().reduce((all, { rows }) => all + rows, 0);
}

type HoldItem = Ledger['holdItems'][number];

/** The units that have not ended. */
const active = ({ quantity, consumed, released }: HoldItem) => ({
  quantity: quantity - consumed - released,
});

const consumed = (items: HoldItem[], sku: string) =>
  items.filter((item) => item.sku === sku).reduce((all, item) => all + item.consumed, 0);

const holdsUnits = ({ holds }: Pick<Ledger, 'holds'>, id: string) =>
  holds.some(({ orderId, state }) => orderId === id && ACTIVE.includes(state));

const sum = (items: Array<{ quantity: number }>) =>
  items.reduce((all, { quantity }) => all + quantity, 0);

const eventsOf = (events: Ledger['events'], id: string) =>
  events.filter(({ orderId }) => orderId === id);

const paymentsOf = ({ payments }: Ledger, id: string) =>
  payments.filter(({ orderId }) => orderId === id);

function refundsOf({ paymentRefunds }: Ledger, id: string): number {
  return paymentRefunds
    .filter(({ paymentId, state }) => paymentId === id && state === 'REFUNDED')
    .reduce((all, { amount }) => all + amount, 0);
}

function capturesOf({ captures }: Ledger, id: string): number {
  return captures
    .filter(({ paymentId, state }) => paymentId === id && state === 'CAPTURED')
    .reduce((all, { amount }) => all + amount, 0);
}

function entriesAgree(ledger: Ledger, id: string): boolean {
  const balance = (name: string) =>
    ledger.entries
      .filter(({ orderId, account }) => orderId === id && account === name)
      .reduce((all, { amount }) => all + amount, 0);
  const own = paymentsOf(ledger, id);
  const captured = own.reduce((all, payment) => all + payment.captured, 0);
  const refunded = own.reduce((all, payment) => all + payment.refunded, 0);
  const [owed, paid, back] = ['PROVIDER_RECEIVABLE', 'CUSTOMER_PAYMENTS', 'REFUNDS'].map(balance);
  return owed === captured - refunded && -(paid ?? 0) === captured && back === refunded;
}

function paidTwice(ledger: Ledger, { id, total }: OrderRow): boolean {
  return paymentsOf(ledger, id).reduce((all, { captured }) => all + captured, 0) > total;
}

/** Once an order has come to rest, it says of its money what its payments say. */
function booksAgree(ledger: Ledger, order: OrderRow): boolean {
  if (![...CALLED_OFF, ...PAID].includes(order.status)) return true;
  const own = paymentsOf(ledger, order.id);
  const captured = own.reduce((all, payment) => all + payment.captured, 0);
  const refunded = own.reduce((all, payment) => all + payment.refunded, 0);
  return order.captured === captured && order.refunded === refunded;
}

/** Money that the provider holds or keeps for an order, whatever our own books say. */
function moneyAtProvider(ledger: Ledger, orderId: string): string[] {
  const keys = new Set(paymentsOf(ledger, orderId).map(({ id }) => id));
  return ledger.charges
    .filter(({ key, state, captures, refunds }) => {
      if (!keys.has(key)) return false;
      if (state !== 'CAPTURED') return state !== 'VOIDED';
      return total(refunds) !== total(captures);
    })
    .map(({ state }) => `the provider has a charge that is ${state}`);
}

/** What an order holds or has shipped is what it is made of; what was released is no part of it. */
function total(amounts: Record<string, number>): number {
  return Object.values(amounts).reduce((all, each) => all + each, 0);
}

function sameUnits({ lines, holdItems }: Ledger, id: string): boolean {
  const kept = holdItems.map((item) => ({ ...item, quantity: item.quantity - item.released }));
  const bySku = (items: Array<{ orderId: string; sku: string; quantity: number }>) => {
    const own = Map.groupBy(
      items.filter(({ orderId }) => orderId === id),
      ({ sku }) => sku,
    );
    return JSON.stringify([...own].map(([sku, each]) => [sku, sum(each)]).sort());
  };
  return bySku(lines.filter(({ kind }) => kind === 'PRODUCT')) === bySku(kept);
}

/** Goods come back once, and only for a refund that says so. */
function restocksOfNoRefund(restocks: Ledger['restocks'], refunds: Ledger['refunds']): string[] {
  const wanted = new Map(
    refunds.filter(({ restock }) => restock).map(({ id, lines }) => [id, lines]),
  );
  return restocks
    .filter(({ id, items }) => sum(items) !== sum(wanted.get(id) ?? []))
    .map(({ id }) => `restock ${id} belongs to no refund`);
}

function repeated(keys: string[]): string[] {
  return keys.filter((key, i) => keys.indexOf(key) !== i);
}
