import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCatalog, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;
let neighbour: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  neighbour = await openTestCatalog(catalog.url);
});
afterAll(() => Promise.all([catalog.close(), neighbour.close()]));

async function reserve(sku: string, quantity: number) {
  const input = { orderId: newId(), items: [{ sku, quantity }], ttlSeconds: 900 };
  await catalog.commands.reserveStock([input]);
  return input;
}

describe('releaseStock', () => {
  it('gives back what an order holds, once', async () => {
    await catalog.stock('BACK', 5);
    const input = await reserve('BACK', 3);
    await reserve('BACK', 1);
    const released = [{ outcome: 'RELEASED' }];
    expect(await catalog.commands.releaseStock([input])).toEqual(released);
    expect(await catalog.commands.releaseStock([input])).toEqual(released);
    expect(await catalog.counts('BACK')).toEqual({ onHand: 5, reserved: 1 });
  });

  it('gives back committed units too', async () => {
    await catalog.stock('COMMITTED', 5);
    const input = await reserve('COMMITTED', 3);
    await catalog.commands.commitStock([input]);
    await catalog.commands.releaseStock([input, input]);
    expect(await catalog.counts('COMMITTED')).toEqual({ onHand: 5, reserved: 0 });
  });

  it('leaves consumed units gone', async () => {
    await catalog.stock('CONSUMED', 5);
    const input = await reserve('CONSUMED', 3);
    await catalog.commands.commitStock([input]);
    await catalog.commands.consumeStock([{ ...input, shipmentId: newId() }]);
    expect(await catalog.commands.releaseStock([input])).toEqual([{ outcome: 'NOTHING_HELD' }]);
    expect(await catalog.counts('CONSUMED')).toEqual({ onHand: 2, reserved: 0 });
  });

  it('gives back only what has not left yet', async () => {
    await catalog.stock('REST', 5);
    const { orderId } = await reserve('REST', 3);
    await catalog.commands.commitStock([{ orderId }]);
    const items = [{ sku: 'REST', quantity: 2 }];
    await catalog.commands.consumeStock([{ orderId, shipmentId: newId(), items }]);
    expect(await catalog.commands.releaseStock([{ orderId }])).toEqual([{ outcome: 'RELEASED' }]);
    expect(await catalog.counts('REST')).toEqual({ onHand: 3, reserved: 0 });
    expect(await catalog.holdState(orderId)).toBe('CONSUMED');
    expect(await catalog.held(orderId)).toEqual([
      { sku: 'REST', quantity: 3, consumed: 2, released: 1 },
    ]);
  });

  it('keeps a reservation that comes too late from holding anything', async () => {
    await catalog.stock('LATE', 5);
    const input = { orderId: newId(), items: [{ sku: 'LATE', quantity: 2 }], ttlSeconds: 900 };
    expect(await catalog.commands.releaseStock([input])).toEqual([{ outcome: 'NOTHING_HELD' }]);
    expect(await catalog.commands.reserveStock([input])).toEqual([
      { outcome: 'SHORT', shortages: [{ sku: 'LATE', requested: 2, available: 0 }] },
    ]);
    expect(await catalog.commands.releaseStock([input])).toEqual([{ outcome: 'NOTHING_HELD' }]);
    expect(await catalog.counts('LATE')).toEqual({ onHand: 5, reserved: 0 });
  });

  it('cannot be undone by reserving again under the same key', async () => {
    await catalog.stock('OVER', 5);
    const input = await reserve('OVER', 2);
    await catalog.commands.releaseStock([input]);
    const [answer] = await catalog.commands.reserveStock([input]);
    expect(answer).toMatchObject({ outcome: 'SHORT', shortages: [{ available: 0 }] });
    expect(await catalog.counts('OVER')).toEqual({ onHand: 5, reserved: 0 });
  });

  it('leaves nothing held when it races with the reservation', async () => {
    await catalog.stock('RACE', 100);
    const inputs = Array.from({ length: 50 }, () => ({
      orderId: newId(),
      items: [{ sku: 'RACE', quantity: 2 }],
      ttlSeconds: 900,
    }));
    await Promise.all(
      inputs.flatMap((input) => [
        catalog.commands.reserveStock([input]),
        neighbour.commands.releaseStock([input]),
      ]),
    );
    expect(await catalog.counts('RACE')).toEqual({ onHand: 100, reserved: 0 });
  });

  it('ends each unit once when release, consumption and expiry race', async () => {
    await catalog.stock('ONCE', 100);
    const inputs = Array.from({ length: 30 }, () => ({
      orderId: newId(),
      shipmentId: newId(),
      items: [{ sku: 'ONCE', quantity: 1 }],
      ttlSeconds: 900,
    }));
    await catalog.commands.reserveStock(inputs);
    await catalog.commands.commitStock(inputs);
    const [released, consumed] = await Promise.all([
      catalog.commands.releaseStock(inputs),
      neighbour.commands.consumeStock(inputs.toReversed()),
      catalog.commands.expireHolds([{ limit: 100 }]),
    ]);
    const gone = consumed.filter((answer) => 'outcome' in answer && answer.outcome === 'CONSUMED');
    const back = released.filter((answer) => 'outcome' in answer && answer.outcome === 'RELEASED');
    expect(gone.length + back.length).toBe(30);
    expect(await catalog.counts('ONCE')).toEqual({ onHand: 100 - gone.length, reserved: 0 });
  });
});
