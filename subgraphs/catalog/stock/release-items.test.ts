import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, openTestCatalog, type TestCatalog } from '../testing/catalog.js';

const RELEASED = { outcome: 'RELEASED' };
const NOT_HELD = { outcome: 'NOT_HELD' };

let catalog: TestCatalog;
let neighbour: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  neighbour = await openTestCatalog(catalog.url);
});
afterAll(() => Promise.all([catalog.close(), neighbour.close()]));

async function reserve(sku: string, quantity: number): Promise<string> {
  const input = { orderId: newId(), items: [{ sku, quantity }], ttlSeconds: 900 };
  await catalog.commands.reserveStock([input]);
  return input.orderId;
}

function release(orderId: string, sku: string, quantity: number) {
  return { orderId, releaseId: newId(), items: [{ sku, quantity }] };
}

describe('releaseItems', () => {
  it('makes some units available again, once', async () => {
    await catalog.stock('SOME', 5);
    const orderId = await reserve('SOME', 3);
    const input = release(orderId, 'SOME', 1);
    expect(await catalog.commands.releaseItems([input, input])).toEqual([RELEASED, RELEASED]);
    expect(await neighbour.commands.releaseItems([input])).toEqual([RELEASED]);
    expect(await catalog.counts('SOME')).toEqual({ onHand: 5, reserved: 2 });
    expect(await catalog.holdState(orderId)).toBe('HELD');
    expect(await catalog.held(orderId)).toEqual([
      { sku: 'SOME', quantity: 3, consumed: 0, released: 1 },
    ]);
  });

  it('ends the hold with its last unit: RELEASED, or CONSUMED where units have left', async () => {
    await catalog.stock('LAST', 9);
    const [all, rest] = [await reserve('LAST', 2), await reserve('LAST', 3)];
    await catalog.commands.commitStock([{ orderId: rest }]);
    const items = [{ sku: 'LAST', quantity: 1 }];
    await catalog.commands.consumeStock([{ orderId: rest, shipmentId: newId(), items }]);
    await catalog.commands.releaseItems([release(all, 'LAST', 2), release(rest, 'LAST', 2)]);
    expect(await catalog.holdState(all)).toBe('RELEASED');
    expect(await catalog.holdState(rest)).toBe('CONSUMED');
    expect(await catalog.counts('LAST')).toEqual({ onHand: 8, reserved: 0 });
  });

  it('releases all that is asked for or nothing', async () => {
    await catalog.stock('X', 5);
    const orderId = await reserve('X', 3);
    const [ended, unknown] = [await reserve('X', 1), newId()];
    await catalog.commands.releaseStock([{ orderId: ended }]);
    const answers = await catalog.commands.releaseItems([
      release(orderId, 'X', 4),
      release(orderId, 'Y', 1),
      release(ended, 'X', 1),
      release(unknown, 'X', 1),
    ]);
    const ENDED = { outcome: 'ENDED' };
    expect(answers).toEqual([NOT_HELD, NOT_HELD, ENDED, NOT_HELD]);
    expect(await catalog.counts('X')).toEqual({ onHand: 5, reserved: 3 });
  });

  it('ends nothing when nothing is released', async () => {
    const orderId = newId();
    await catalog.commands.reserveStock([{ orderId, items: [], ttlSeconds: 900 }]);
    await catalog.commands.commitStock([{ orderId }]);
    const nothing = { orderId, releaseId: newId(), items: [] };
    expect(await catalog.commands.releaseItems([nothing])).toEqual([RELEASED]);
    expect(await catalog.holdState(orderId)).toBe('COMMITTED');
  });

  it('keeps its key apart from those of shipments and additions', async () => {
    await catalog.stock('KEY', 9);
    const orderId = await reserve('KEY', 3);
    await catalog.commands.commitStock([{ orderId }]);
    const id = newId();
    const input = { orderId, releaseId: id, shipmentId: id, additionId: id };
    const items = [{ sku: 'KEY', quantity: 1 }];
    await catalog.commands.addToHold([{ ...input, items }]);
    await catalog.commands.releaseItems([{ ...input, items }]);
    await catalog.commands.consumeStock([{ ...input, items }]);
    expect(await catalog.held(orderId)).toEqual([
      { sku: 'KEY', quantity: 4, consumed: 1, released: 1 },
    ]);
  });

  it('ends each unit once when it races with a shipment of the same units', async () => {
    await catalog.stock('RACE', 100);
    const orders = await Promise.all(Array.from({ length: 30 }, () => reserve('RACE', 1)));
    await catalog.commands.commitStock(orders.map((orderId) => ({ orderId })));
    const items = [{ sku: 'RACE', quantity: 1 }];
    const [released, consumed] = await Promise.all([
      catalog.commands.releaseItems(orders.map((orderId) => release(orderId, 'RACE', 1))),
      neighbour.commands.consumeStock(
        orders.toReversed().map((orderId) => ({ orderId, shipmentId: newId(), items })),
      ),
    ]);
    const back = released.filter((answer) => 'outcome' in answer && answer.outcome === 'RELEASED');
    const gone = consumed.filter((answer) => 'outcome' in answer && answer.outcome === 'CONSUMED');
    expect(back.length + gone.length).toBe(30);
    expect(await catalog.counts('RACE')).toEqual({ onHand: 100 - gone.length, reserved: 0 });
  });

  it('takes as many statements for 64 orders as for one', async () => {
    await catalog.stock('MANY', 100);
    const orders = await Promise.all(Array.from({ length: 64 }, () => reserve('MANY', 1)));
    const statements = countStatements();
    await catalog.commands.releaseItems(orders.map((orderId) => release(orderId, 'MANY', 1)));
    // begin, lock holds, earlier releases, lock products, move, commit
    expect(statements()).toBe(6);
    expect(await catalog.counts('MANY')).toEqual({ onHand: 100, reserved: 0 });
  });
});
