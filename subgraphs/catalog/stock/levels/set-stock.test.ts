import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CUSTOMER,
  countStatements,
  openTestCatalog,
  STAFF,
  type TestCatalog,
} from '../../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.location('north');
  await catalog.stock('A', 10);
  await catalog.commands.reserveStock([
    { orderId: newId(), items: [{ sku: 'A', quantity: 4 }], ttlSeconds: 900 },
  ]);
});
afterAll(() => catalog.close());

const SET = `mutation ($input: SetStockInput!) {
  setStock(input: $input) {
    levels { sku location { code } onHand reserved } userErrors { code field }
  }
}`;

function set(lines: object, more: object = {}) {
  return catalog.ask(SET, { input: { lines, ...more } }, STAFF);
}

const level = (sku: string, code: string, onHand: number, reserved = 0) => ({
  sku,
  location: { code },
  onHand,
  reserved,
});

describe('setStock', () => {
  it('sets what is on hand, down to what is reserved', async () => {
    expect(await set({ sku: 'A', onHand: 4 })).toEqual({
      setStock: { levels: [level('A', 'main', 4, 4)], userErrors: [] },
    });
  });

  it('counts each location by itself, in the order of the lines', async () => {
    await catalog.stock('PLACES', 1);
    const lines = [
      { sku: 'PLACES', location: 'north', onHand: 7 },
      { sku: 'PLACES', onHand: 2 },
    ];
    const levels = [level('PLACES', 'north', 7), level('PLACES', 'main', 2)];
    expect(await set(lines)).toEqual({ setStock: { levels, userErrors: [] } });
    expect(await catalog.counts('PLACES')).toEqual({ onHand: 9, reserved: 0 });
  });

  it('writes down by how much each count differs from what was there, who counted and what they said', async () => {
    await catalog.stock('B', 10);
    for (const onHand of [12, 12]) await set({ sku: 'B', onHand });
    await set({ sku: 'B', onHand: 5 }, { note: ' yearly count ' });
    const changes = await catalog.changes('B');
    expect(changes.map(({ reason, delta }) => [reason, delta])).toEqual([
      ['RECEIVED', 10],
      ['SET', 2],
      ['SET', -7],
    ]);
    const [last] = await catalog.db.query(
      'test.last',
      'select actor, note from stock_changes where delta = -7',
    );
    const { userId } = STAFF as { userId: string };
    expect(last).toEqual({ actor: `user:${userId}`, note: 'yearly count' });
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
        set({ sku: 'BUSY', onHand: 100 + i }),
        catalog.commands.consumeStock([order]),
        catalog.commands.restock([order]),
      ]),
    );
    expect(await catalog.unaccounted()).toEqual([]);
  });

  it('changes nothing where one line is wrong, and says what is wrong with each', async () => {
    await catalog.stock('GOOD', 1);
    const lines = [
      { sku: 'GOOD', onHand: 5 },
      { sku: 'A', onHand: 3 },
      { sku: 'NONE', onHand: 1 },
      { sku: 'GOOD', location: 'nowhere', onHand: 1 },
      { sku: 'GOOD', onHand: 6 },
      { sku: 'A\0', onHand: 9 },
    ];
    const wrong = (code: string, line: number, field: string) => ({
      code,
      field: ['lines', `${line}`, field],
    });
    expect(await set(lines)).toEqual({
      setStock: {
        levels: [],
        userErrors: [
          wrong('STOCK_BELOW_RESERVED', 1, 'onHand'),
          wrong('NOT_FOUND', 2, 'sku'),
          wrong('LOCATION_NOT_FOUND', 3, 'location'),
          wrong('DUPLICATE_LINE', 4, 'sku'),
          wrong('NOT_FOUND', 5, 'sku'),
        ],
      },
    });
    expect(await catalog.counts('GOOD')).toEqual({ onHand: 1, reserved: 0 });
  });

  it.each([
    [[{ sku: 'A', onHand: -1 }], {}, 'INVALID_QUANTITY', ['lines', '0', 'onHand']],
    [[], {}, 'TOO_MANY_LINES', ['lines']],
    [[{ sku: 'A', onHand: 9 }], { note: ' ' }, 'INVALID_TEXT', ['note']],
    [[{ sku: 'A', onHand: 9 }], { note: 'x'.repeat(501) }, 'INVALID_TEXT', ['note']],
  ])('refuses %j with %j', async (lines, more, code, field) => {
    expect(await set(lines, more)).toEqual({
      setStock: { levels: [], userErrors: [{ code, field }] },
    });
  });

  it('takes as many statements for a thousand lines as for one', async () => {
    const skus = Array.from({ length: 1000 }, (_, i) => `MANY${i}`);
    await catalog.db.query(
      'test.many',
      `with product as (
         insert into products (id, handle, title, active)
         select gen_random_uuid(), sku, sku, true from unnest($1::text[]) as sku returning id, title
       )
       insert into variants (id, product_id, sku, title)
       select id, id, title, title from product`,
      [skus],
    );
    const statements = countStatements();
    await set(skus.map((sku, i) => ({ sku, onHand: i })));
    // begin, open, lock, change, turn, watch, commit; and the locations to show
    expect(statements()).toBe(8);
    expect(await catalog.counts('MANY999')).toEqual({ onHand: 999, reserved: 0 });
  });

  it('is for staff', async () => {
    const input = { lines: [{ sku: 'A', onHand: 1000 }] };
    expect(await catalog.ask(SET, { input }, CUSTOMER)).toMatchObject({
      setStock: { levels: [], userErrors: [{ code: 'FORBIDDEN' }] },
    });
  });
});
