import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.location('north');
});
afterAll(() => catalog.close());

const ADJUST = `mutation ($input: AdjustStockInput!) {
  adjustStock(input: $input) {
    levels { sku location { code } onHand } userErrors { code field }
  }
}`;

function adjust(lines: object, reason = 'RECEIVED', more: object = {}) {
  return catalog.ask(ADJUST, { input: { lines, reason, ...more } }, STAFF);
}

describe('adjustStock', () => {
  it('adds and takes away, and writes down why', async () => {
    await catalog.stock('A', 2);
    const lines = [
      { sku: 'A', delta: 5 },
      { sku: 'A', location: 'north', delta: 3 },
    ];
    expect(await adjust(lines)).toEqual({
      adjustStock: {
        levels: [
          { sku: 'A', location: { code: 'main' }, onHand: 7 },
          { sku: 'A', location: { code: 'north' }, onHand: 3 },
        ],
        userErrors: [],
      },
    });
    await adjust({ sku: 'A', delta: -1 }, 'DAMAGED');
    expect((await catalog.changes('A')).map(({ reason, delta }) => [reason, delta])).toEqual([
      ['RECEIVED', 2],
      ['RECEIVED', 5],
      ['RECEIVED', 3],
      ['DAMAGED', -1],
    ]);
    expect(await catalog.unaccounted()).toEqual([]);
  });

  it('adds up what many adjust at once', async () => {
    await catalog.stock('BUSY', 0);
    await Promise.all(Array.from({ length: 20 }, () => adjust({ sku: 'BUSY', delta: 2 })));
    expect(await catalog.counts('BUSY')).toEqual({ onHand: 40, reserved: 0 });
  });

  it('adjusts once per key', async () => {
    await catalog.stock('ONCE', 0);
    const key = { idempotencyKey: newId() };
    const first = await adjust({ sku: 'ONCE', delta: 2 }, 'FOUND', key);
    expect(await adjust({ sku: 'ONCE', delta: 2 }, 'FOUND', key)).toEqual(first);
    expect(await catalog.counts('ONCE')).toEqual({ onHand: 2, reserved: 0 });
  });

  it('takes no unit that is reserved or not there, and changes nothing then', async () => {
    await catalog.stock('HELD', 5);
    await catalog.commands.reserveStock([
      { orderId: newId(), items: [{ sku: 'HELD', quantity: 4 }], ttlSeconds: 900 },
    ]);
    const lines = [
      { sku: 'HELD', location: 'north', delta: 1 },
      { sku: 'HELD', delta: -2 },
    ];
    const error = { code: 'STOCK_BELOW_RESERVED', field: ['lines', '1', 'delta'] };
    expect(await adjust(lines, 'LOST')).toEqual({
      adjustStock: { levels: [], userErrors: [error] },
    });
    expect(await catalog.counts('HELD')).toEqual({ onHand: 5, reserved: 4 });
  });

  it('counts no more units than there can be', async () => {
    await catalog.stock('FULL', 1);
    expect(await adjust({ sku: 'FULL', delta: 2_147_483_647 })).toMatchObject({
      adjustStock: {
        userErrors: [{ code: 'INVALID_QUANTITY', field: ['lines', '0', 'delta'] }],
      },
    });
  });

  it('is for staff', async () => {
    const input = { lines: [{ sku: 'A', delta: 1 }], reason: 'FOUND' };
    expect(await catalog.ask(ADJUST, { input }, CUSTOMER)).toMatchObject({
      adjustStock: { userErrors: [{ code: 'FORBIDDEN' }] },
    });
  });
});
