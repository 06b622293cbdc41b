import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, openTestCatalog, type TestCatalog } from '../testing/catalog.js';

const CONSUMED = { outcome: 'CONSUMED' };
const NOT_COMMITTED = { outcome: 'NOT_COMMITTED' };

let catalog: TestCatalog;
let neighbour: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  neighbour = await openTestCatalog(catalog.url);
});
afterAll(() => Promise.all([catalog.close(), neighbour.close()]));

/** Orders that have committed so many units of each SKU. */
async function committed(units: Record<string, number>, orders = 1) {
  const items = Object.entries(units).map(([sku, quantity]) => ({ sku, quantity }));
  const inputs = Array.from({ length: orders }, () => ({
    orderId: newId(),
    items,
    ttlSeconds: 900,
  }));
  await catalog.commands.reserveStock(inputs);
  await catalog.commands.commitStock(inputs);
  return inputs.map(({ orderId }) => orderId) as [string, ...string[]];
}

function shipment(orderId: string, units: Record<string, number>) {
  const items = Object.entries(units).map(([sku, quantity]) => ({ sku, quantity }));
  return { orderId, shipmentId: newId(), items };
}

describe('consumeStock', () => {
  it('takes committed units out of the building, shipment by shipment', async () => {
    await catalog.stock('A', 10);
    const [orderId] = await committed({ A: 3 });
    const [first, second] = [shipment(orderId, { A: 2 }), shipment(orderId, { A: 1 })];
    expect(await catalog.commands.consumeStock([first])).toEqual([CONSUMED]);
    expect(await catalog.counts('A')).toEqual({ onHand: 8, reserved: 1 });
    expect(await catalog.holdState(orderId)).toBe('COMMITTED');
    expect(await catalog.commands.consumeStock([second])).toEqual([CONSUMED]);
    expect(await catalog.counts('A')).toEqual({ onHand: 7, reserved: 0 });
    expect(await catalog.holdState(orderId)).toBe('CONSUMED');
    expect(await catalog.held(orderId)).toEqual([
      { sku: 'A', quantity: 3, consumed: 3, released: 0 },
    ]);
    expect(await catalog.changes('A')).toEqual([
      expect.objectContaining({ reason: 'RECEIVED', delta: 10 }),
      { reason: 'CONSUMED', referenceId: first.shipmentId, delta: -2 },
      { reason: 'CONSUMED', referenceId: second.shipmentId, delta: -1 },
    ]);
  });

  it('takes the units of a shipment once', async () => {
    await catalog.stock('ONCE', 10);
    const [orderId] = await committed({ ONCE: 4 });
    const input = shipment(orderId, { ONCE: 1 });
    expect(await catalog.commands.consumeStock([input, input])).toEqual([CONSUMED, CONSUMED]);
    expect(await neighbour.commands.consumeStock([input])).toEqual([CONSUMED]);
    expect(await catalog.counts('ONCE')).toEqual({ onHand: 9, reserved: 3 });
  });

  it('takes all of a shipment or nothing, and does not keep a refusal', async () => {
    await catalog.stock('X', 10);
    await catalog.stock('Y', 10);
    const [orderId] = await committed({ X: 2, Y: 2 });
    const [tooMuch, unknown] = [shipment(orderId, { X: 1, Y: 3 }), shipment(orderId, { Z: 1 })];
    const good = shipment(orderId, { X: 2 });
    expect(await catalog.commands.consumeStock([tooMuch, unknown, good])).toEqual([
      NOT_COMMITTED,
      NOT_COMMITTED,
      CONSUMED,
    ]);
    expect(await catalog.counts('X')).toEqual({ onHand: 8, reserved: 0 });
    expect(await catalog.counts('Y')).toEqual({ onHand: 10, reserved: 2 });
    const items = [{ sku: 'Y', quantity: 3 }];
    await catalog.commands.addToHold([
      { orderId, additionId: newId(), items: [...items, { sku: 'X', quantity: 1 }] },
    ]);
    expect(await catalog.commands.consumeStock([tooMuch])).toEqual([CONSUMED]);
  });

  it('lets the shipments of a batch share what there is', async () => {
    await catalog.stock('SHARE', 10);
    const [orderId] = await committed({ SHARE: 3 });
    const shipments = [2, 2, 1].map((SHARE) => shipment(orderId, { SHARE }));
    expect(await catalog.commands.consumeStock(shipments)).toEqual([
      CONSUMED,
      NOT_COMMITTED,
      CONSUMED,
    ]);
    expect(await catalog.counts('SHARE')).toEqual({ onHand: 7, reserved: 0 });
  });

  it('takes nothing that is not committed', async () => {
    await catalog.stock('B', 10);
    const held = { orderId: newId(), items: [{ sku: 'B', quantity: 3 }], ttlSeconds: 900 };
    await catalog.commands.reserveStock([held]);
    const [released] = await committed({ B: 1 });
    await catalog.commands.releaseStock([{ orderId: released }]);
    const asked = [held.orderId, released, newId()];
    const answers = await catalog.commands.consumeStock([
      ...asked.map((orderId) => shipment(orderId, { B: 1 })),
      shipment(held.orderId, {}),
      shipment(newId(), {}),
    ]);
    expect(answers).toEqual(answers.map(() => NOT_COMMITTED));
    expect(await catalog.counts('B')).toEqual({ onHand: 10, reserved: 3 });
  });

  it('takes a shipment without goods, before or after the goods', async () => {
    await catalog.stock('GOODS', 10);
    const [orderId, other] = (await committed({ GOODS: 1 }, 2)) as [string, string];
    const empty = () => shipment(orderId, {});
    expect(await catalog.commands.consumeStock([empty()])).toEqual([CONSUMED]);
    expect(await catalog.holdState(orderId)).toBe('COMMITTED');
    await catalog.commands.consumeStock([shipment(orderId, { GOODS: 1 })]);
    expect(await catalog.commands.consumeStock([empty()])).toEqual([CONSUMED]);
    const items = [{ sku: 'GOODS', quantity: 1 }];
    await catalog.commands.releaseItems([{ orderId: other, releaseId: newId(), items }]);
    expect(await catalog.commands.consumeStock([shipment(other, {})])).toEqual([CONSUMED]);
    expect(await catalog.holdState(other)).toBe('RELEASED');
  });

  it('ends each unit once when shipments race in two processes', async () => {
    await catalog.stock('RACE', 100);
    const orders = await committed({ RACE: 3 }, 20);
    const both = orders.map((orderId) => shipment(orderId, { RACE: 2 }));
    const either = orders.map((orderId) => shipment(orderId, { RACE: 1 }));
    const rival = orders.map((orderId) => shipment(orderId, { RACE: 1 }));
    const answers = await Promise.all([
      catalog.commands.consumeStock([...both, ...either]),
      neighbour.commands.consumeStock([...rival, ...both].toReversed()),
    ]);
    expect(answers[1].slice(0, 20).toReversed()).toEqual(answers[0].slice(0, 20));
    const counts = await catalog.counts('RACE');
    const held = (await Promise.all(orders.map((id) => catalog.held(id)))).flat();
    const gone = held.reduce((all, { consumed }) => all + consumed, 0);
    expect(counts).toEqual({ onHand: 100 - gone, reserved: 60 - gone });
    expect(await catalog.unaccounted()).toEqual([]);
    expect(held.every(({ consumed }) => consumed >= 2 && consumed <= 3)).toBe(true);
  });

  it('takes as many statements for 64 shipments as for one', async () => {
    await catalog.stock('C', 100);
    const orders = await committed({ C: 1 }, 64);
    const statements = countStatements();
    await catalog.commands.consumeStock(orders.map((orderId) => shipment(orderId, { C: 1 })));
    // begin, lock holds, earlier shipments, lock products, move, commit
    expect(statements()).toBe(6);
    expect(await catalog.counts('C')).toEqual({ onHand: 36, reserved: 0 });
  });
});
