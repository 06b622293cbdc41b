import { describe, expect, it } from 'vitest';
import type { Decision } from '../decision.js';
import { type WholeOrder, withParts } from '../order-parts.js';
import { wholeOrderIn } from '../testing/order-state.js';
import { createFulfillment } from './fulfillment.js';
import type { Planned } from './planned.js';
import {
  deliverFulfillment,
  recordShipmentHeld,
  recordShipped,
  shipFulfillment,
} from './shipment.js';

const UNTRACKED = { carrier: null, trackingNumber: null, trackingUrl: null };

/** Takes one step after the other; a step that is refused throws. */
function story(order: WholeOrder, ...steps: Array<(order: WholeOrder) => Planned>) {
  const facts: Decision['facts'] = [];
  let now = order;
  for (const step of steps) {
    const planned = step(now);
    if ('errors' in planned) throw new Error(JSON.stringify(planned.errors));
    facts.push(...planned.facts);
    now = { ...withParts(now, planned.parts ?? {}), ...planned.patch };
  }
  return { order: now, facts, types: facts.map(({ type }) => type) };
}

const pack =
  (id: string, ...units: Array<[lineNumber: number, quantity: number]>) =>
  (order: WholeOrder) =>
    createFulfillment(
      order,
      id,
      units.map(([lineNumber, quantity]) => ({ lineNumber, quantity })),
    );
const ship = (id: string) => (order: WholeOrder) => shipFulfillment(order, id, UNTRACKED);
const left =
  (fulfillmentId: string, captured = 0) =>
  (order: WholeOrder) =>
    recordShipped(order, { fulfillmentId, captured });
const held =
  (fulfillmentId: string, captured = 0) =>
  (order: WholeOrder) =>
    recordShipmentHeld(order, { fulfillmentId, code: 'no_money', captured, ended: [] });
const arrived = (id: string) => (order: WholeOrder) => deliverFulfillment(order, id);

const onShipment = () =>
  wholeOrderIn('CONFIRMED', { captureOn: 'SHIPMENT', captured: 0, paymentStatus: 'AUTHORIZED' });

const captures = (facts: Decision['facts']) =>
  facts.flatMap(({ type, data }) =>
    type === 'shipment_requested' ? [(data as { capture: unknown }).capture] : [],
  );

describe('an order in two parcels', () => {
  const { order, types } = story(
    wholeOrderIn('CONFIRMED'),
    pack('p', [1, 2]),
    ship('p'),
    left('p'),
    pack('q', [1, 1], [2, 1]),
    ship('q'),
    left('q'),
    arrived('q'),
    arrived('p'),
  );

  it('is shipped in part, then shipped, then delivered', () => {
    expect(types).toEqual([
      'processing',
      'fulfillment_created',
      'shipment_requested',
      'partially_shipped',
      'fulfillment_created',
      'shipment_requested',
      'shipped',
      'fulfillment_delivered',
      'fulfillment_delivered',
      'delivered',
    ]);
    expect(order.status).toBe('DELIVERED');
    expect(order.lines.map(({ shipped }) => shipped)).toEqual([3, 1, 0]);
  });

  it('a parcel in between says so again', () => {
    const three = story(
      wholeOrderIn('CONFIRMED'),
      ...[1, 2].flatMap((n) => [pack(`p${n}`, [1, 1]), ship(`p${n}`), left(`p${n}`)]),
    );
    expect(three.types.filter((type) => type === 'partially_shipped')).toHaveLength(2);
    expect(three.facts.at(-1)?.data).toMatchObject({ notify: true, fulfillmentId: 'p2' });
    expect(three.order.status).toBe('PARTIALLY_SHIPPED');
  });
});

it('units leave once, and only when they were being handed over', () => {
  const { order } = story(wholeOrderIn('CONFIRMED'), pack('p', [1, 3], [2, 1]));
  expect(left('p')(order)).toMatchObject({ facts: [] });
  const gone = story(order, ship('p'), left('p')).order;
  expect(left('p')(gone)).toMatchObject({ facts: [] });
  expect(ship('p')(gone)).toMatchObject({ errors: [{ code: 'INVALID_STATE' }] });
});

describe('money that is taken at shipment', () => {
  it('makes all that was refunded of the first parcel a part of what was taken for both', () => {
    const first = story(onShipment(), pack('p', [1, 2]), ship('p'), left('p', 400)).order;
    const refunded = { ...first, refunded: 400, refundStatus: 'REFUNDED' } as const;
    const { order } = story(refunded, pack('q', [1, 1], [2, 1]), ship('q'), left('q', 650));
    expect(order).toMatchObject({ captured: 1050, refundStatus: 'PARTIALLY_REFUNDED' });
  });

  it('is what leaves, the charges with the first parcel, all that is due with the last', () => {
    const { order, facts } = story(
      onShipment(),
      pack('p', [1, 2]),
      ship('p'),
      left('p', 700),
      pack('q', [1, 1], [2, 1]),
      ship('q'),
      left('q', 350),
    );
    expect(captures(facts)).toEqual([
      { amount: 700, final: false },
      { amount: 350, final: true },
    ]);
    expect(order).toMatchObject({ captured: 1050, paymentStatus: 'PAID' });
  });

  it('is partly paid in between', () => {
    const { order } = story(onShipment(), pack('p', [2, 1]), ship('p'), left('p', 450));
    expect(order).toMatchObject({ captured: 450, paymentStatus: 'PARTIALLY_PAID' });
  });

  it('is never asked for twice by parcels that leave together', () => {
    const { facts } = story(
      onShipment(),
      pack('p', [1, 2]),
      pack('q', [1, 1], [2, 1]),
      ship('p'),
      ship('q'),
    );
    expect(captures(facts)).toEqual([
      { amount: 700, final: false },
      { amount: 350, final: false },
    ]);
  });

  it('is less where units were called off', () => {
    const order = onShipment();
    const lines = order.lines.map((line) => (line.sku === 'B' ? { ...line, cancelled: 1 } : line));
    const { facts } = story({ ...order, lines }, pack('p', [1, 3]), ship('p'));
    expect(captures(facts)).toEqual([{ amount: 900, final: true }]);
  });

  it('that does not come keeps the parcel back until it is handed over again', () => {
    const first = story(onShipment(), pack('p', [1, 3], [2, 1]), ship('p'), held('p', 300));
    expect(first.order).toMatchObject({
      status: 'PROCESSING',
      captured: 300,
      paymentStatus: 'PARTIALLY_PAID',
      needsAttention: 'shipment 1 waits for its money: no_money',
    });
    expect(first.order.fulfillments[0]).toMatchObject({
      status: 'ON_HOLD',
      heldReason: 'no_money',
    });
    const again = story(first.order, ship('p'), left('p', 1050));
    expect(captures(again.facts)).toEqual([{ amount: 1050, final: true }]);
    expect(again.order).toMatchObject({ status: 'SHIPPED', captured: 1050, needsAttention: null });
  });

  it('another parcel that leaves does not hide the one that waits', () => {
    const { order } = story(
      onShipment(),
      pack('p', [1, 3]),
      pack('q', [2, 1]),
      ship('p'),
      held('p'),
      ship('q'),
      left('q', 150),
    );
    expect(order.needsAttention).toContain('shipment 1');
  });

  it('was taken before where the order was paid with its confirmation', () => {
    const { facts } = story(wholeOrderIn('CONFIRMED'), pack('p', [1, 3], [2, 1]), ship('p'));
    expect(captures(facts)).toEqual([null]);
  });
});
