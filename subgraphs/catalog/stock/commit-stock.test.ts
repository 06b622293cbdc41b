import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, openTestCatalog, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.stock('A', 1000);
});
afterAll(() => catalog.close());

function request(ttlSeconds = 900) {
  return { orderId: newId(), items: [{ sku: 'A', quantity: 1 }], ttlSeconds };
}

describe('commitStock', () => {
  it('commits a hold, and says so again', async () => {
    const input = request();
    await catalog.commands.reserveStock([input]);
    expect(await catalog.commands.commitStock([input, input])).toEqual([
      { outcome: 'COMMITTED' },
      { outcome: 'COMMITTED' },
    ]);
    expect(await catalog.commands.commitStock([input])).toEqual([{ outcome: 'COMMITTED' }]);
    expect(await catalog.holdState(input.orderId)).toBe('COMMITTED');
  });

  it('still says so when the units have left', async () => {
    const input = request();
    await catalog.commands.reserveStock([input]);
    await catalog.commands.commitStock([input]);
    await catalog.commands.consumeStock([{ ...input, shipmentId: newId() }]);
    expect(await catalog.commands.commitStock([input])).toEqual([{ outcome: 'COMMITTED' }]);
  });

  it('commits nothing that is unknown, released, or past its expiry', async () => {
    const [unknown, released, expired] = [request(), request(), request(0)];
    await catalog.commands.reserveStock([released, expired]);
    await catalog.commands.releaseStock([released]);
    const answers = await catalog.commands.commitStock([unknown, released, expired]);
    expect(answers).toEqual(answers.map(() => ({ outcome: 'NOT_HELD' })));
    expect(await catalog.holdState(expired.orderId)).toBe('HELD');
  });

  it('takes one statement for a batch', async () => {
    const inputs = Array.from({ length: 64 }, () => request());
    await catalog.commands.reserveStock(inputs);
    const statements = countStatements();
    await catalog.commands.commitStock(inputs);
    expect(statements()).toBe(1);
  });

  it('leaves nothing committed when a release is asked at the same time', async () => {
    const inputs = Array.from({ length: 30 }, () => request());
    await catalog.commands.reserveStock(inputs);
    await Promise.all(
      inputs.flatMap((input) => [
        catalog.commands.commitStock([input]),
        catalog.commands.releaseStock([input]),
      ]),
    );
    const states = await Promise.all(inputs.map((input) => catalog.holdState(input.orderId)));
    expect(new Set(states)).toEqual(new Set(['RELEASED']));
  });

  it.each([
    ['RELEASED', 'NOT_HELD'],
    ['COMMITTED', 'COMMITTED'],
  ])('sees a hold become %s while it waits for its lock', async (state, outcome) => {
    const input = request();
    await catalog.commands.reserveStock([input]);
    const commit = await catalog.db.transaction(async (query) => {
      await query('test.change', 'update holds set state = $2 where order_id = $1', [
        input.orderId,
        state,
      ]);
      const waiting = catalog.commands.commitStock([input]);
      await expect.poll(catalog.lockWaits).toBe(1);
      return { waiting };
    });
    expect(await commit.waiting).toEqual([{ outcome }]);
    expect(await catalog.holdState(input.orderId)).toBe(state);
  });
});
