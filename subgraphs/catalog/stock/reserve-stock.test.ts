import { localCommands } from '@waybill/kernel/commands.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Commands } from '@waybill/schema/commands.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, openTestCatalog, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;
let neighbour: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  neighbour = await openTestCatalog(catalog.url);
});
afterAll(() => Promise.all([catalog.close(), neighbour.close()]));

function request(sku: string, quantity: number, orderId = newId()) {
  return { orderId, items: [{ sku, quantity }], ttlSeconds: 900 };
}

describe('reserveStock', () => {
  it('holds the units of an order until its expiry', async () => {
    await catalog.stock('HELD', 5);
    const input = request('HELD', 3);
    const [answer] = await catalog.commands.reserveStock([input]);
    expect(answer).toMatchObject({ outcome: 'RESERVED' });
    expect(await catalog.counts('HELD')).toEqual({ onHand: 5, reserved: 3 });
    const [expiry] = await catalog.db.query<{ ttl: number }>(
      'test.ttl',
      `select round(extract(epoch from expires_at - created_at))::integer as ttl
       from holds where order_id = $1`,
      [input.orderId],
    );
    expect(expiry?.ttl).toBe(900);
  });

  it('answers the same when asked again, and holds no more', async () => {
    await catalog.stock('AGAIN', 5);
    const input = request('AGAIN', 3);
    const first = await catalog.commands.reserveStock([input]);
    expect(await neighbour.commands.reserveStock([input])).toEqual(first);
    expect(await catalog.counts('AGAIN')).toEqual({ onHand: 5, reserved: 3 });
  });

  it('holds once for an order that stands twice in a batch', async () => {
    await catalog.stock('TWICE', 5);
    const input = request('TWICE', 3);
    const [first, second] = await catalog.commands.reserveStock([input, input]);
    expect(first).toMatchObject({ outcome: 'RESERVED' });
    expect(second).toEqual(first);
    expect(await catalog.counts('TWICE')).toEqual({ onHand: 5, reserved: 3 });
  });

  it('adds up the lines of one SKU', async () => {
    await catalog.stock('LINES', 5);
    const items = [
      { sku: 'LINES', quantity: 2 },
      { sku: 'LINES', quantity: 2 },
    ];
    await catalog.commands.reserveStock([{ orderId: newId(), items, ttlSeconds: 900 }]);
    expect(await catalog.counts('LINES')).toEqual({ onHand: 5, reserved: 4 });
  });

  it('keeps a refusal, even when stock has come in since', async () => {
    await catalog.stock('SHORT', 1);
    const input = request('SHORT', 2);
    const refusal = {
      outcome: 'SHORT',
      shortages: [{ sku: 'SHORT', requested: 2, available: 1 }],
    };
    expect(await catalog.commands.reserveStock([input])).toEqual([refusal]);
    await catalog.commands.restock([
      { restockId: newId(), orderId: newId(), items: [{ sku: 'SHORT', quantity: 9 }] },
    ]);
    expect(await catalog.commands.reserveStock([input])).toEqual([refusal]);
    expect(await catalog.counts('SHORT')).toEqual({ onHand: 10, reserved: 0 });
    expect(await catalog.holdState(input.orderId)).toBe('REFUSED');
  });

  it('refuses what is unknown while others in the batch get theirs', async () => {
    await catalog.stock('KNOWN', 1);
    const answers = await catalog.commands.reserveStock([request('NONE', 1), request('KNOWN', 1)]);
    expect(answers).toEqual([
      { outcome: 'NOT_SELLABLE', skus: ['NONE'] },
      expect.objectContaining({ outcome: 'RESERVED' }),
    ]);
  });

  it('reserves an order without goods', async () => {
    const input = { orderId: newId(), shipmentId: newId(), items: [], ttlSeconds: 900 };
    const [answer] = await catalog.commands.reserveStock([input]);
    expect(answer).toMatchObject({ outcome: 'RESERVED' });
    expect(await catalog.commands.commitStock([input])).toEqual([{ outcome: 'COMMITTED' }]);
    expect(await catalog.commands.consumeStock([input])).toEqual([{ outcome: 'CONSUMED' }]);
  });

  it('answers RESERVED for an order whose goods have left', async () => {
    await catalog.stock('GONE', 1);
    const input = request('GONE', 1);
    const first = await catalog.commands.reserveStock([input]);
    await catalog.commands.commitStock([input]);
    expect(await catalog.commands.reserveStock([input])).toEqual(first);
    await catalog.commands.consumeStock([{ ...input, shipmentId: newId() }]);
    expect(await catalog.commands.reserveStock([input])).toEqual(first);
  });

  it('fails an order with an impossible quantity and no other', async () => {
    await catalog.stock('SANE', 1);
    const { reserveStock } = localCommands<Commands['catalog']>(catalog.commands);
    const [bad, good] = await Promise.allSettled([
      reserveStock(request('SANE', -1)),
      reserveStock(request('SANE', 1)),
    ]);
    expect(bad.status).toBe('rejected');
    expect(good).toMatchObject({ status: 'fulfilled', value: { outcome: 'RESERVED' } });
  });

  it('sells exactly 10 units to 200 buyers in two processes', async () => {
    await catalog.stock('RARE', 10);
    const clients = [catalog, neighbour].map(({ commands }) =>
      localCommands<Commands['catalog']>(commands),
    );
    const buyers = Array.from({ length: 200 }, (_, i) =>
      clients[i % 2]?.reserveStock(request('RARE', 1)),
    );
    const outcomes = (await Promise.all(buyers)).map((answer) => answer?.outcome);
    expect(outcomes.filter((outcome) => outcome === 'RESERVED')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'SHORT')).toHaveLength(190);
    expect(await catalog.counts('RARE')).toEqual({ onHand: 10, reserved: 10 });
  });

  it('gives the same answer to two processes that ask at once, in opposite orders', async () => {
    await Promise.all(['X', 'Y', 'Z'].map((sku) => catalog.stock(sku, 1000)));
    const inputs = Array.from({ length: 40 }, (_, i) => ({
      ...request(i % 2 ? 'X' : 'Y', 1),
      items: ['X', 'Y', 'Z'].map((sku) => ({ sku, quantity: 1 })),
    }));
    const [here, there] = await Promise.all([
      catalog.commands.reserveStock(inputs),
      neighbour.commands.reserveStock(inputs.toReversed()),
    ]);
    expect(there.toReversed()).toEqual(here);
    expect(await catalog.counts('Y')).toEqual({ onHand: 1000, reserved: 40 });
  });

  it('takes as many statements for 64 orders as for one', async () => {
    await catalog.stock('MANY', 100);
    const statements = countStatements();
    await catalog.commands.reserveStock(Array.from({ length: 64 }, () => request('MANY', 1)));
    // begin, claim, lock, take, commit
    expect(statements()).toBe(5);
    expect(await catalog.counts('MANY')).toEqual({ onHand: 100, reserved: 64 });
  });
});
