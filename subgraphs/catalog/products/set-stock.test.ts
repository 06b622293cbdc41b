import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.stock('A', 10);
  await catalog.commands.reserveStock([
    { orderId: newId(), items: [{ sku: 'A', quantity: 4 }], ttlSeconds: 900 },
  ]);
});
afterAll(() => catalog.close());

const SET = `mutation ($input: SetStockInput!) {
  setStock(input: $input) {
    product { stock { available onHand reserved } } userErrors { code field }
  }
}`;

function set(sku: string, onHand: number) {
  return catalog.ask(SET, { input: { sku, onHand } }, STAFF);
}

describe('setStock', () => {
  it('sets what is on hand, down to what is reserved', async () => {
    expect(await set('A', 4)).toEqual({
      setStock: {
        product: { stock: { available: 0, onHand: 4, reserved: 4 } },
        userErrors: [],
      },
    });
  });

  it('writes down by how much each count differs from what was there', async () => {
    await catalog.stock('B', 10);
    for (const onHand of [12, 12, 5]) await set('B', onHand);
    const changes = await catalog.changes('B');
    expect(changes.map(({ reason, delta }) => [reason, delta])).toEqual([
      ['RECEIVED', 10],
      ['SET', 2],
      ['SET', -7],
    ]);
  });

  it('accounts for every unit when counts, shipments and returns come at once', async () => {
    await catalog.stock('BUSY', 500);
    const items = [{ sku: 'BUSY', quantity: 1 }];
    const orders = Array.from({ length: 20 }, () => ({
      orderId: newId(),
      shipmentId: newId(),
      restockId: newId(),
      ttlSeconds: 900,
      items,
    }));
    await catalog.commands.reserveStock(orders);
    await catalog.commands.commitStock(orders);
    await Promise.all(
      orders.flatMap((order, i) => [
        set('BUSY', 100 + i),
        catalog.commands.consumeStock([order]),
        catalog.commands.restock([order]),
      ]),
    );
    expect(await catalog.unaccounted()).toEqual([]);
  });

  it.each([
    ['A', 3, 'STOCK_BELOW_RESERVED', 'onHand'],
    ['A', -1, 'INVALID_STOCK', 'onHand'],
    ['NONE', 1, 'NOT_FOUND', 'sku'],
    ['A\0', 9, 'NOT_FOUND', 'sku'],
  ])('refuses %j at %d', async (sku, onHand, code, field) => {
    expect(await set(sku, onHand)).toEqual({
      setStock: { product: null, userErrors: [{ code, field: [field] }] },
    });
  });

  it('is for staff', async () => {
    const input = { sku: 'A', onHand: 1000 };
    expect(await catalog.errorCodes(SET, { input }, CUSTOMER)).toEqual(['FORBIDDEN']);
  });
});
