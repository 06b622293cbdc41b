import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.location('north');
});
afterAll(() => catalog.close());

const LIST = `query ($sku: String!, $location: String, $first: Int, $after: String) {
  stockChanges(sku: $sku, location: $location, first: $first, after: $after) {
    edges { node { location { code } delta reason actor note reference createdAt } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Change {
  location: { code: string };
  delta: number;
  reason: string;
  actor: string | null;
  note: string | null;
  reference: string;
}

interface Page {
  stockChanges: {
    edges: Array<{ node: Change }>;
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

async function changes(variables: object): Promise<Change[]> {
  const { stockChanges } = await catalog.ask<Page>(LIST, variables, STAFF);
  return stockChanges.edges.map(({ node }) => node);
}

async function change(mutation: string, input: object) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const source = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { userErrors { code } } }`;
  expect(await catalog.ask(source, { input }, STAFF)).toEqual({ done: { userErrors: [] } });
}

/** All that can happen to a SKU: three units remain at `main`, and two at `north`. */
async function life() {
  const sku = newId();
  await catalog.stock(sku, 5);
  await change('setStock', { lines: { sku, onHand: 7 }, note: 'counted twice' });
  await change('transferStock', { lines: { sku, quantity: 3 }, from: 'main', to: 'north' });
  await change('adjustStock', { lines: { sku, location: 'north', delta: -1 }, reason: 'DAMAGED' });
  const order = { orderId: newId(), items: [{ sku, quantity: 2 }], ttlSeconds: 900 };
  await catalog.commands.reserveStock([order]);
  await catalog.commands.commitStock([order]);
  const shipmentId = newId();
  await catalog.commands.consumeStock([{ ...order, shipmentId }]);
  await catalog.commands.restock([
    { orderId: order.orderId, restockId: newId(), items: [{ sku, quantity: 1 }] },
  ]);
  return { sku, shipmentId };
}

describe('stockChanges', () => {
  it('tells who changed what where, why, and what caused it, the latest first', async () => {
    const { sku, shipmentId } = await life();
    const { userId } = STAFF as { userId: string };
    const told = await changes({ sku });
    expect(told.map(({ reason, delta, location }) => [reason, delta, location.code])).toEqual([
      ['RESTOCKED', 1, 'main'],
      ['CONSUMED', -2, 'main'],
      ['DAMAGED', -1, 'north'],
      expect.arrayContaining(['TRANSFERRED']),
      expect.arrayContaining(['TRANSFERRED']),
      ['SET', 2, 'main'],
      ['RECEIVED', 5, 'main'],
    ]);
    expect(told[1]).toMatchObject({ actor: null, reference: `Fulfillment_${shipmentId}` });
    expect(told[5]).toMatchObject({ actor: `user:${userId}`, note: 'counted twice' });
    expect(told[3]?.reference).toBe(told[4]?.reference);
  });

  it('comes to what is on hand, at each location and in all', async () => {
    const { sku } = await life();
    const sum = (told: Change[]) => told.reduce((all, { delta }) => all + delta, 0);
    expect(sum(await changes({ sku, location: 'main' }))).toBe(3);
    expect(sum(await changes({ sku, location: 'north' }))).toBe(2);
    expect(await catalog.counts(sku)).toMatchObject({ onHand: sum(await changes({ sku })) });
  });

  it('pages through them, each once', async () => {
    const { sku } = await life();
    const paged: Change[] = [];
    for (let after: string | null = null; ; ) {
      const page: Page = await catalog.ask<Page>(LIST, { sku, first: 3, after }, STAFF);
      paged.push(...page.stockChanges.edges.map(({ node }) => node));
      if (!page.stockChanges.pageInfo.hasNextPage) break;
      after = page.stockChanges.pageInfo.endCursor;
    }
    expect(paged).toEqual(await changes({ sku }));
  });

  it('reads a page by the index, however many changes there are', async () => {
    const plan = await catalog.db.query<{ 'QUERY PLAN': string }>(
      'test.plan',
      `explain select position from stock_changes
       where variant_id = (select id from variants where sku = 'X') and position < 100
       order by position desc limit 21`,
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/Index (Only )?Scan Backward using stock_changes_pkey/);
    expect(text).not.toMatch(/Sort/);
  });

  it('finds nothing of what there is not, and takes no cursor of another list', async () => {
    const { sku } = await life();
    expect(await changes({ sku: 'NONE\0' })).toEqual([]);
    expect(await changes({ sku, location: 'nowhere' })).toEqual([]);
    const after = Buffer.from('k:north').toString('base64url');
    expect(await catalog.errorCodes(LIST, { sku, after }, STAFF)).toEqual(['BAD_USER_INPUT']);
  });

  it('is for staff', async () => {
    expect(await catalog.errorCodes(LIST, { sku: 'A' }, CUSTOMER)).toEqual(['FORBIDDEN']);
  });
});
