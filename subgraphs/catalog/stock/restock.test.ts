import { localCommands } from '@waybill/kernel/commands.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Commands } from '@waybill/schema/commands.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCatalog, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

function delivery(sku: string, ...quantities: number[]) {
  const items = quantities.map((quantity) => ({ sku, quantity }));
  return { restockId: newId(), orderId: newId(), items };
}

describe('restock', () => {
  it('puts goods on hand once per id', async () => {
    await catalog.stock('A', 1);
    const [one, other] = [delivery('A', 2, 3), delivery('A', 10)] as const;
    const restocked = { outcome: 'RESTOCKED' };
    const answers = await catalog.commands.restock([one, one, other]);
    expect(answers).toEqual([restocked, restocked, restocked]);
    expect(await catalog.commands.restock([one])).toEqual([restocked]);
    expect(await catalog.counts('A')).toEqual({ onHand: 16, reserved: 0 });
    const changes = await catalog.changes('A');
    expect(changes.slice(1).sort((a, b) => a.delta - b.delta)).toEqual([
      { reason: 'RESTOCKED', referenceId: one.restockId, delta: 5 },
      { reason: 'RESTOCKED', referenceId: other.restockId, delta: 10 },
    ]);
  });

  it('adds once when asked many times at once', async () => {
    await catalog.stock('B', 0);
    const input = delivery('B', 4);
    await Promise.all(Array.from({ length: 20 }, () => catalog.commands.restock([input])));
    expect(await catalog.counts('B')).toEqual({ onHand: 4, reserved: 0 });
  });

  it('fails on an unknown SKU, its neighbours go on, and it can be asked again later', async () => {
    await catalog.stock('C', 0);
    const { restock } = localCommands<Commands['catalog']>(catalog.commands);
    const unknown = delivery('LATER', 1);
    const [bad, good] = await Promise.allSettled([restock(unknown), restock(delivery('C', 1))]);
    expect(bad.status).toBe('rejected');
    expect(good.status).toBe('fulfilled');
    await catalog.stock('LATER', 0);
    await restock(unknown);
    expect(await catalog.counts('LATER')).toEqual({ onHand: 1, reserved: 0 });
    expect(await catalog.unaccounted()).toEqual([]);
  });
});
