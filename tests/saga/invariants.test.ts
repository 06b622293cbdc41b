import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invariants, RULES, violations } from '../support/invariants.js';
import { type Ledger, readLedger } from '../support/ledger.js';
import { ordersAtWork } from '../support/orders-at-work.js';
import { type System, startSystem } from '../support/system.js';

let system: System;
let ledger: Ledger;

beforeAll(async () => {
  system = await startSystem();
  await system.startWorkers();
  const at = ordersAtWork(system);
  const [shipped, declined] = await Promise.all([
    at.place({ quantity: 3 }),
    at.place({ card: 'pm_card_decline' }),
    at.place({ quantity: 1 }),
  ]);
  await at.reaches(shipped, 'CONFIRMED');
  await at.fulfill(shipped);
  await at.reaches(shipped, 'SHIPPED');
  await at.refund(shipped, 1, true);
  await at.reaches(shipped, { refund: 'PARTIALLY_REFUNDED' });
  await at.reaches(declined, 'FAILED');
  await invariants(system);
  ledger = await readLedger(system);
});
afterAll(() => system.close());

const first = <Row>(rows: Row[], which: (row: Row) => boolean): Row => {
  const row = rows.find(which);
  if (!row) throw new Error('the ledger has no such row');
  return row;
};
const orderThat = (books: Ledger, status: string) =>
  first(books.orders, (order) => order.status === status);
const of = (id: string) => (row: { orderId: string }) => row.orderId === id;

/** One wrong entry for each rule, as a fault in the system would leave it. */
const FAULTS: Array<[rule: number, fault: string, spoil: (books: Ledger) => void]> = [
  [1, 'units reserved that nobody holds', ({ products }) => void products.forEach(oneMoreReserved)],
  [1, 'more held than on hand', ({ products }) => void products.forEach(emptied)],
  [2, 'a unit given back twice', ({ products }) => void products.forEach(oneMoreOnHand)],
  [2, 'a hold that ended twice', ({ holds }) => void holds.forEach(ended)],
  [2, 'a unit that came from nowhere', ({ products }) => void products.forEach(unaccounted)],
  [2, 'a unit that ended twice', ({ holdItems }) => void holdItems.forEach(endedTwice)],
  [2, 'a unit of an ended hold that has not', ({ holdItems }) => void holdItems.forEach(revived)],
  [2, 'goods restocked for no refund', ({ refunds }) => void refunds.splice(0)],
  [3, 'more refunded than captured', ({ payments }) => void payments.forEach(overRefunded)],
  [3, 'a refund that the order has not heard of', ({ orders }) => void orders.forEach(unrefunded)],
  [3, 'a refund that its payment has not heard of', (b) => void b.paymentRefunds.splice(0)],
  [3, 'a transfer out of balance', ({ entries }) => void entries.pop()],
  [3, 'a capture that the books have not heard of', ({ entries }) => void entries.splice(0)],
  [4, 'a failed order that has paid', (books) => capture(books, orderThat(books, 'FAILED').id)],
  [4, 'a failed order that holds units', (books) => hold(books, orderThat(books, 'FAILED').id)],
  [4, 'an authorization that only the provider knows', chargeUnknown],
  [5, 'a confirmed order without payment', (books) => void books.payments.splice(0)],
  [5, 'a confirmed order without its units', (books) => void books.holds.splice(0)],
  [5, 'a confirmed order with fewer units', (books) => void books.holdItems.splice(0)],
  [6, 'more refunded than ordered', ({ lines }) => void lines.forEach(overReturned)],
  [7, 'a move without an event', ({ orders }) => void orders.forEach(moved)],
  [7, 'an event that was never sent', ({ published }) => published.clear()],
  [7, 'an event that nobody caused', ({ events }) => void events.forEach(anonymous)],
  [8, 'a gap in the history', ({ events }) => void events.splice(1, 1)],
  [9, 'a key with two orders', ({ orders }) => void orders.push(...orders.slice(0, 1))],
  [9, 'an order that paid twice', ({ payments }) => void payments.push(...payments)],
  [10, 'a price that changed', ({ lines }) => void lines.forEach(dearer)],
  [11, 'an order whose job is lost', ({ stranded }) => void stranded.push('an id')],
];

describe('the check of what must always hold', () => {
  it('finds nothing wrong with sound books', () => expect(violations(ledger)).toEqual([]));

  it.each(FAULTS)('finds by rule %i: %s', (number, _, spoil) => {
    const spoilt = structuredClone(ledger);
    spoil(spoilt);
    expect(violations(spoilt).some((text) => text.startsWith(`${number} `))).toBe(true);
  });

  it('has a fault for each rule', () => {
    const tried = new Set(FAULTS.map(([number]) => number));
    expect([...tried].map(String)).toEqual(Object.keys(RULES).map((name) => name.split(' ')[0]));
  });

  it('looks into the databases themselves', async () => {
    await system.sql('catalog', 'update products set on_hand = on_hand + 1');
    await expect(invariants(system)).rejects.toThrow();
    expect(violations(await readLedger(system)).join()).toContain('2 each unit ends once');
  });
});

type Row<Name extends keyof Ledger> = Ledger[Name] extends Array<infer Item> ? Item : never;

function oneMoreReserved(product: Row<'products'>) {
  product.reserved += 1;
}
function emptied(product: Row<'products'>) {
  product.onHand = 0;
}
function oneMoreOnHand(product: Row<'products'>) {
  product.onHand += 1;
}
function unaccounted(product: Row<'products'>) {
  product.accounted -= 1;
}
function ended(hold: Row<'holds'>) {
  hold.ended = true;
}
function overRefunded(payment: Row<'payments'>) {
  payment.refunded = payment.captured + 1;
}
function endedTwice(item: Row<'holdItems'>) {
  item.released += item.consumed;
}
function revived(item: Row<'holdItems'>) {
  Object.assign(item, { consumed: 0, released: 0 });
}
function unrefunded(order: Row<'orders'>) {
  order.refunded = 0;
}
function overReturned(line: Row<'lines'>) {
  line.refunded = line.quantity + 1;
}
function moved(order: Row<'orders'>) {
  order.status = 'DELIVERED';
}
function anonymous(event: Row<'events'>) {
  event.actor = '';
}
function dearer(line: Row<'lines'>) {
  line.unitPrice += 1;
}
function capture({ payments }: Ledger, orderId: string) {
  const payment = first(payments, of(orderId));
  Object.assign(payment, { state: 'CAPTURED', authorized: 2000, captured: 2000 });
}
function hold({ holds }: Ledger, orderId: string) {
  Object.assign(first(holds, of(orderId)), { state: 'HELD', ended: false });
}
function chargeUnknown(books: Ledger) {
  const payment = first(books.payments, of(orderThat(books, 'FAILED').id));
  books.charges.push({ key: payment.id, state: 'AUTHORIZED', captures: {}, refunds: {} });
}
