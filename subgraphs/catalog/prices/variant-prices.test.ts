import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, openTestCatalog, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

/** Adds a variant whose price was set so many days ago, beside that of today. */
async function variant(sku: string, ...past: Array<[days: number, amount: number]>) {
  await catalog.stock(sku, 1);
  await catalog.db.query(
    'test.past',
    `insert into prices (id, variant_id, storefront_id, amount, currency, valid_from, set_by)
     select gen_random_uuid(), variant_id, storefront_id, past.amount, currency,
       date_trunc('milliseconds', now()) - days * interval '1 day', 'test'
     from prices join variants on variants.id = variant_id, unnest($2::float8[], $3::bigint[]) as past (days, amount)
     where sku = $1`,
    [sku, past.map(([days]) => days), past.map(([, amount]) => amount)],
  );
}

interface History {
  productVariant: {
    priceHistory: {
      edges: Array<{ node: { price: { amount: string } } }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  };
}

const HISTORY = `query ($first: Int, $after: String) {
  productVariant(sku: "HISTORY") {
    priceHistory(first: $first, after: $after) {
      edges { node { price { amount } } } pageInfo { hasNextPage endCursor }
    }
  }
}`;

describe('prices of a variant', () => {
  it('are walked from the newest to the oldest', async () => {
    await variant('HISTORY', [1, 110], [2, 120], [2, 120], [3, 130]);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: History = await catalog.ask<History>(HISTORY, { first: 2, after });
      const { edges, pageInfo } = page.productVariant.priceHistory;
      seen.push(...edges.map(({ node }) => node.price.amount));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['1.00', '1.10', '1.20', '1.30']);
    const codes = await catalog.errorCodes(HISTORY, { after: 'bm9uc2Vuc2U' });
    expect(codes).toEqual(['BAD_USER_INPUT']);
  });

  it('say what a reduced one cost at the least before', async () => {
    await variant('REDUCED', [3, 150], [10, 120], [90, 140]);
    await variant('RAISED', [3, 50]);
    const source = (sku: string) =>
      `{ productVariant(sku: "${sku}") { lowestPrice30Days { amount currency } } }`;
    expect(await catalog.ask(source('REDUCED'))).toEqual({
      productVariant: { lowestPrice30Days: { amount: '1.20', currency: 'GBP' } },
    });
    expect(await catalog.ask(source('RAISED'))).toEqual({
      productVariant: { lowestPrice30Days: null },
    });
  });

  it('cost one statement of each kind, for however many variants', async () => {
    await variant('X');
    await variant('Y', [5, 90]);
    const source = `{ productVariants(filter: { skus: ["X", "Y"] }) { edges { node {
      price { amount } priceHistory(first: 3) { edges { node { validFrom } } } } } } }`;
    await catalog.ask(source);
    const statements = countStatements();
    await catalog.ask(source);
    expect(statements()).toBe(3);
  });
});
