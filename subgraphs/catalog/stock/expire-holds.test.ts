import { newId } from '@waybill/kernel/ids.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestCatalog, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;

beforeEach(async () => {
  catalog = await openTestCatalog();
  await catalog.stock('A', 100);
});
afterEach(() => catalog.close());

function request(ttlSeconds: number) {
  return { orderId: newId(), items: [{ sku: 'A', quantity: 2 }], ttlSeconds };
}

describe('expireHolds', () => {
  it('gives back what holds past their expiry have, by the clock of the database', async () => {
    const [past, alive] = [request(0), request(900)];
    await catalog.commands.reserveStock([past, alive]);
    expect(await catalog.commands.expireHolds([{ limit: 10 }])).toEqual([{ expired: 1 }]);
    expect(await catalog.counts('A')).toEqual({ onHand: 100, reserved: 2 });
    expect(await catalog.holdState(past.orderId)).toBe('EXPIRED');
    expect(await catalog.holdState(alive.orderId)).toBe('HELD');
    expect(await catalog.commands.expireHolds([{ limit: 10 }])).toEqual([{ expired: 0 }]);
  });

  it('leaves committed holds alone however old', async () => {
    const input = request(900);
    await catalog.commands.reserveStock([input]);
    await catalog.commands.commitStock([input]);
    await catalog.db.query('test.age', `update holds set expires_at = now() - interval '1 day'`);
    expect(await catalog.commands.expireHolds([{ limit: 10 }])).toEqual([{ expired: 0 }]);
    expect(await catalog.counts('A')).toEqual({ onHand: 100, reserved: 2 });
  });

  it('ends at most as many as asked for, over all inputs', async () => {
    await catalog.commands.reserveStock(Array.from({ length: 7 }, () => request(0)));
    const inputs = [{ limit: 2 }, { limit: 3 }];
    expect(await catalog.commands.expireHolds(inputs)).toEqual([{ expired: 2 }, { expired: 3 }]);
    expect(await catalog.commands.expireHolds(inputs)).toEqual([{ expired: 2 }, { expired: 0 }]);
    expect(await catalog.counts('A')).toEqual({ onHand: 100, reserved: 0 });
  });

  it('expires each hold once when two sweeps race', async () => {
    await catalog.commands.reserveStock(Array.from({ length: 40 }, () => request(0)));
    await Promise.all([
      catalog.commands.expireHolds([{ limit: 40 }]),
      catalog.commands.expireHolds([{ limit: 40 }]),
    ]);
    await catalog.commands.expireHolds([{ limit: 40 }]);
    expect(await catalog.counts('A')).toEqual({ onHand: 100, reserved: 0 });
  });

  it('is the end of the order: a reservation or commit afterwards is refused', async () => {
    const input = request(0);
    await catalog.commands.reserveStock([input]);
    const short = {
      outcome: 'SHORT',
      shortages: [{ sku: 'A', requested: 2, available: 0 }],
    };
    expect(await catalog.commands.reserveStock([input])).toEqual([short]);
    await catalog.commands.expireHolds([{ limit: 10 }]);
    expect(await catalog.commands.reserveStock([input])).toEqual([short]);
    expect(await catalog.commands.commitStock([input])).toEqual([{ outcome: 'NOT_HELD' }]);
    expect(await catalog.commands.releaseStock([input])).toEqual([{ outcome: 'NOTHING_HELD' }]);
  });
});
