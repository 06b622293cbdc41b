import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, openTestCatalog, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

function request(sku: string, quantity: number) {
  return { orderId: newId(), items: [{ sku, quantity }], ttlSeconds: 900 };
}

describe('consumeStock', () => {
  it('takes committed units out of the building, once', async () => {
    await catalog.stock('A', 10);
    const input = request('A', 3);
    await catalog.commands.reserveStock([input]);
    await catalog.commands.commitStock([input]);
    const consumed = { outcome: 'CONSUMED' };
    expect(await catalog.commands.consumeStock([input, input])).toEqual([consumed, consumed]);
    expect(await catalog.commands.consumeStock([input])).toEqual([consumed]);
    expect(await catalog.counts('A')).toEqual({ onHand: 7, reserved: 0 });
  });

  it('takes nothing that is not committed', async () => {
    await catalog.stock('B', 10);
    const [held, unknown] = [request('B', 3), request('B', 3)];
    await catalog.commands.reserveStock([held]);
    const answers = await catalog.commands.consumeStock([held, unknown]);
    expect(answers).toEqual(answers.map(() => ({ outcome: 'NOT_COMMITTED' })));
    expect(await catalog.counts('B')).toEqual({ onHand: 10, reserved: 3 });
  });

  it('takes as many statements for 64 orders as for one', async () => {
    await catalog.stock('C', 100);
    const inputs = Array.from({ length: 64 }, () => request('C', 1));
    await catalog.commands.reserveStock(inputs);
    await catalog.commands.commitStock(inputs);
    const statements = countStatements();
    await catalog.commands.consumeStock(inputs);
    // begin, lock holds, lock products, end, commit
    expect(statements()).toBe(5);
    expect(await catalog.counts('C')).toEqual({ onHand: 36, reserved: 0 });
  });
});
