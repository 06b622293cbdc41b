import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCatalog, STAFF, type TestCatalog } from '../../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.location('north');
});
afterAll(() => catalog.close());

const TRANSFER = `mutation ($input: TransferStockInput!) {
  transferStock(input: $input) {
    levels { sku location { code } onHand } userErrors { code field }
  }
}`;

function transfer(lines: object, ends: object = {}) {
  const input = { from: 'main', to: 'north', lines, ...ends };
  return catalog.ask(TRANSFER, { input }, STAFF);
}

describe('transferStock', () => {
  it('moves units and writes down both ends under one reference', async () => {
    await catalog.stock('A', 5);
    expect(await transfer({ sku: 'A', quantity: 2 })).toEqual({
      transferStock: {
        levels: [
          { sku: 'A', location: { code: 'main' }, onHand: 3 },
          { sku: 'A', location: { code: 'north' }, onHand: 2 },
        ],
        userErrors: [],
      },
    });
    const [, out, into] = await catalog.changes('A');
    expect([out?.delta, into?.delta].toSorted()).toEqual([-2, 2]);
    expect(out).toMatchObject({ reason: 'TRANSFERRED', referenceId: into?.referenceId });
    expect(await catalog.unaccounted()).toEqual([]);
  });

  it('never loses a unit between those who carry it back and forth', async () => {
    await catalog.stock('BUSY', 20);
    const back = { from: 'north', to: 'main' };
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        transfer({ sku: 'BUSY', quantity: 1 }, i % 2 === 0 ? {} : back),
      ),
    );
    expect(await catalog.counts('BUSY')).toEqual({ onHand: 20, reserved: 0 });
    expect(await catalog.unaccounted()).toEqual([]);
  });

  it('leaves what is reserved where it is', async () => {
    await catalog.stock('HELD', 5);
    await catalog.commands.reserveStock([
      { orderId: newId(), items: [{ sku: 'HELD', quantity: 4 }], ttlSeconds: 900 },
    ]);
    expect(await transfer({ sku: 'HELD', quantity: 2 })).toEqual({
      transferStock: {
        levels: [],
        userErrors: [{ code: 'STOCK_BELOW_RESERVED', field: ['lines', '0', 'quantity'] }],
      },
    });
  });

  it.each([
    [{ sku: 'NONE', quantity: 1 }, {}, 'NOT_FOUND', ['lines', '0', 'sku']],
    [{ sku: 'A', quantity: 0 }, {}, 'INVALID_QUANTITY', ['lines', '0', 'quantity']],
    [{ sku: 'A', quantity: 1 }, { to: 'main' }, 'SAME_LOCATION', ['to']],
    [{ sku: 'A', quantity: 1 }, { to: 'nowhere' }, 'LOCATION_NOT_FOUND', ['to']],
    [{ sku: 'A', quantity: 1 }, { from: 'nowhere' }, 'LOCATION_NOT_FOUND', ['from']],
  ])('refuses %j with %j', async (line, ends, code, field) => {
    expect(await transfer(line, ends)).toEqual({
      transferStock: { levels: [], userErrors: [{ code, field }] },
    });
  });
});
