import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CUSTOMER,
  countStatements,
  openTestCatalog,
  STAFF,
  type TestCatalog,
} from '../../testing/catalog.js';
import { watchStock } from './watch-stock.js';

const DEFAULT = 3;
let catalog: TestCatalog;
let neighbour: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog(undefined, DEFAULT);
  neighbour = await openTestCatalog(catalog.url, DEFAULT);
  await catalog.start();
});
afterAll(() => Promise.all([catalog.close(), neighbour.close()]));

async function change(mutation: string, input: object) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const source = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { userErrors { code field } } }`;
  const { done } = await catalog.ask<{ done: { userErrors: object[] } }>(source, { input }, STAFF);
  return done.userErrors;
}

const set = (sku: string, onHand: number) => change('setStock', { lines: { sku, onHand } });
const threshold = (sku: string, units: number | null) =>
  change('setLowStockThresholds', { lines: { sku, threshold: units } });

async function product(onHand: number): Promise<string> {
  const sku = newId();
  await catalog.stock(sku, onHand);
  return sku;
}

const order = (sku: string, quantity: number) => ({
  orderId: newId(),
  items: [{ sku, quantity }],
  ttlSeconds: 900,
});

interface Low {
  variant: { sku: string };
  available: number;
  threshold: number;
}

interface Page {
  lowStock: {
    edges: Array<{ node: Low }>;
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

const LIST = `query ($first: Int, $after: String) { lowStock(first: $first, after: $after) {
  edges { node { variant { sku } available threshold } } pageInfo { hasNextPage endCursor } } }`;

async function list(first = 100): Promise<Low[]> {
  const all: Low[] = [];
  for (let after: string | null = null; ; ) {
    const { lowStock }: Page = await catalog.ask<Page>(LIST, { first, after }, STAFF);
    all.push(...lowStock.edges.map(({ node }) => node));
    if (!lowStock.pageInfo.hasNextPage) return all;
    after = lowStock.pageInfo.endCursor;
  }
}

const listed = async (sku: string) => (await list()).filter(({ variant }) => variant.sku === sku);

/** What was told of a SKU, by either process. */
const told = (sku: string) =>
  [...catalog.published, ...neighbour.published]
    .filter(({ data }) => (data as { sku: string }).sku === sku)
    .map(({ type, data }) => [type, (data as { available: number }).available]);

describe('a SKU is low', () => {
  it('when orders take it below its threshold: told once, until it has recovered', async () => {
    const sku = await product(10);
    await threshold(sku, 5);
    await catalog.commands.reserveStock([order(sku, 5)]);
    expect(await listed(sku)).toEqual([]);
    await catalog.commands.reserveStock([order(sku, 2)]);
    await catalog.commands.reserveStock([order(sku, 1)]);
    expect(await listed(sku)).toEqual([{ variant: { sku }, available: 2, threshold: 5 }]);
    await expect.poll(() => told(sku)).toEqual([['stock.low', 3]]);

    await set(sku, 20);
    expect(await listed(sku)).toEqual([]);
    await catalog.commands.reserveStock([order(sku, 8)]);
    await expect
      .poll(() => told(sku))
      .toEqual([
        ['stock.low', 3],
        ['stock.low', 4],
      ]);
  });

  it('once, when many orders in two processes take it there together', async () => {
    const sku = await product(20);
    await threshold(sku, 10);
    const orders = Array.from({ length: 20 }, () => order(sku, 1));
    await Promise.all(
      orders.map((each, i) => (i % 2 ? catalog : neighbour).commands.reserveStock([each])),
    );
    await expect.poll(() => told(sku)).toEqual([['stock.low', 9]]);
    expect(await listed(sku)).toMatchObject([{ available: 0 }]);
  });

  it('when somebody counts, adjusts or sets a threshold, by the default where none is set', async () => {
    const counted = await product(9);
    await set(counted, 2);
    const adjusted = await product(9);
    await change('adjustStock', { lines: { sku: adjusted, delta: -7 }, reason: 'LOST' });
    const set7 = await product(5);
    await threshold(set7, 7);
    const never = await product(9);
    await threshold(never, 0);
    await set(never, 0);
    expect(await listed(counted)).toMatchObject([{ available: 2, threshold: DEFAULT }]);
    expect(await listed(adjusted)).toMatchObject([{ available: 2, threshold: DEFAULT }]);
    expect(await listed(set7)).toMatchObject([{ available: 5, threshold: 7 }]);
    expect(await listed(never)).toEqual([]);
    await threshold(set7, null);
    expect(await listed(set7)).toEqual([]);
  });

  it('when an import says that less is there', async () => {
    const sku = await product(9);
    const row = { sku, title: 'Thing', price: '1.00', onHand: 1 };
    await change('importProducts', { products: [row] });
    expect(await listed(sku)).toMatchObject([{ available: 1, threshold: DEFAULT }]);
  });

  it('when it is counted at two locations at once', async () => {
    const sku = await product(5);
    await catalog.location('attic');
    await change('setStock', { lines: { sku, onHand: 5, location: 'attic' } });
    await threshold(sku, 8);
    const { counting } = await catalog.db.transaction(async (query) => {
      const [variant] = await query<{ id: string }>(
        'test.count',
        `update stock_levels set on_hand = 3 from variants, locations
         where variants.id = variant_id and sku = $1 and locations.id = location_id and code = 'main'
         returning variants.id`,
        [sku],
      );
      await watchStock(query, [variant?.id ?? ''], DEFAULT);
      const counting = change('setStock', { lines: { sku, onHand: 3, location: 'attic' } });
      await expect.poll(catalog.lockWaits).toBe(1);
      return { counting };
    });
    expect(await counting).toEqual([]);
    expect(await listed(sku)).toEqual([{ variant: { sku }, available: 6, threshold: 8 }]);
    await expect.poll(() => told(sku)).toEqual([['stock.low', 6]]);
  });

  it('no more once units came back, and anew after that', async () => {
    const sku = await product(5);
    const first = order(sku, 4);
    await catalog.commands.reserveStock([first]);
    await catalog.commands.releaseStock([first]);
    expect(await listed(sku)).toEqual([]);
    await catalog.commands.reserveStock([order(sku, 4)]);
    expect(await listed(sku)).toHaveLength(1);
    await expect.poll(() => told(sku)).toHaveLength(2);
  });

  it('costs orders no statement but the one that says so', async () => {
    const sku = await product(6);
    const statements = countStatements();
    await neighbour.commands.reserveStock([order(sku, 1)]);
    expect(statements()).toBe(5);
    await neighbour.commands.reserveStock([order(sku, 3)]);
    expect(statements()).toBe(5 + 6);
    await neighbour.commands.reserveStock([order(sku, 1)]);
    expect(statements()).toBe(5 + 6 + 5);
  });
});

describe('lowStock', () => {
  it('pages through what is low, those that fell last come first', async () => {
    const skus = [await product(0), await product(0), await product(0)];
    for (const sku of skus) await threshold(sku, 1);
    const paged = (await list(2)).map(({ variant }) => variant.sku);
    expect(paged.slice(0, 3)).toEqual(skus.toReversed());
    expect(new Set(paged).size).toBe(paged.length);
    const after = Buffer.from('k:north').toString('base64url');
    expect(await catalog.errorCodes(LIST, { after }, STAFF)).toEqual(['BAD_USER_INPUT']);
    expect(await catalog.errorCodes(LIST, {}, CUSTOMER)).toEqual(['FORBIDDEN']);
  });
});

describe('setLowStockThresholds', () => {
  it('sets all or none, and says what is wrong', async () => {
    const sku = await product(1);
    const lines = [{ sku, threshold: 2 }, { sku: 'NONE' }];
    expect(await change('setLowStockThresholds', { lines })).toEqual([
      { code: 'NOT_FOUND', field: ['lines', '1', 'sku'] },
    ]);
    expect(await listed(sku)).toEqual([]);
    expect(await threshold(sku, -1)).toEqual([
      { code: 'INVALID_QUANTITY', field: ['lines', '0', 'threshold'] },
    ]);
  });
});

describe('the notice to staff', () => {
  it('goes out once, whoever sends it, and is found again until it has', async () => {
    const sku = await product(4);
    await set(sku, 1);
    await expect.poll(() => told(sku)).toHaveLength(1);
    const { commands } = catalog;
    const find = async () => {
      const [found] = await commands.findUntoldLowStock([{ olderThanSeconds: 0, limit: 100 }]);
      if (!found || found instanceof Error) throw found;
      return found.events.filter(({ data }) => (data as { sku: string }).sku === sku);
    };
    const [event] = await find();
    const { published } = catalog;
    expect(published.find(({ id }) => id === event?.id)).toMatchObject({ ...event });
    const eventId = event?.id ?? '';
    const notice = { sku, title: sku, available: 1, threshold: DEFAULT };
    expect(await commands.claimLowStock([{ eventId }])).toEqual([{ claim: 'GRANTED', notice }]);
    expect(await commands.claimLowStock([{ eventId }])).toEqual([{ claim: 'TAKEN' }]);
    await commands.giveBackLowStock([{ eventId }]);
    expect(await commands.claimLowStock([{ eventId }])).toMatchObject([{ claim: 'GRANTED' }]);
    await commands.settleLowStock([{ eventId }]);
    expect(await commands.claimLowStock([{ eventId }])).toEqual([{ claim: 'SETTLED' }]);
    expect(await find()).toEqual([]);
    expect(await commands.claimLowStock([{ eventId: newId() }])).toEqual([{ claim: 'SETTLED' }]);
  });
});
