import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestCatalog, type TestCatalog } from './testing/catalog.js';
import { contradictions } from './testing/contradictions.js';
import { type Edit, edit, Present } from './testing/edits.js';

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

const MANAGER: Identity = { kind: 'user', userId: newId(), roles: ['STAFF', 'MANAGER'] };

const START = ['Red > Blue', 'Green', 'Green > Tin', 'Oak'].map((category, i) => ({
  ...{ sku: `S${i}`, title: 'Red', price: '1', onHand: 5, category },
}));

async function startAnew(): Promise<void> {
  await catalog.db.query('test.truncate', 'truncate categories, products cascade');
  await carryOut(['importProducts', { products: START }]);
}

const IDS: Record<Present['kind'], string> = {
  categories: `select 'Category_' || id as id from categories order by id`,
  products: `select 'Product_' || id as id from products order by id`,
  prices: `select 'VariantPrice_' || id as id from prices order by id`,
  storefronts: `select 'Storefront_' || id as id from storefronts order by id`,
};

/** The things that an input names by numbers; there may be fewer than that, or none. */
async function named(value: unknown): Promise<unknown> {
  if (value instanceof Present) {
    const rows = await catalog.db.query<{ id: string }>(`test.${value.kind}`, IDS[value.kind]);
    return rows[value.number % Math.max(1, rows.length)]?.id ?? 'none';
  }
  if (Array.isArray(value)) return Promise.all(value.map(named));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([key, each]) => [key, await named(each)]);
  return Object.fromEntries(await Promise.all(entries));
}

const PUBLICATION = /^(un)?publishProducts$/;
const typeOf = (mutation: string) =>
  PUBLICATION.test(mutation)
    ? 'PublishProductsInput'
    : `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;

async function carryOut([mutation, input]: Edit): Promise<void> {
  const source = `mutation ($input: ${typeOf(mutation)}!) {
    ${mutation}(input: $input) { userErrors { code } }
  }`;
  await catalog.ask(source, { input: await named(input) }, MANAGER);
}

it('whatever staff change at once, each is done or refused, and the catalog agrees with itself', async () => {
  const round = fc.array(edit, { minLength: 6, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 3, maxLength: 6 }), async (rounds) => {
      await startAnew();
      for (const edits of rounds) {
        const ended = await Promise.allSettled(edits.map(carryOut));
        const failed = ended.flatMap((each, i) =>
          each.status === 'rejected' ? [[edits[i], String(each.reason)]] : [],
        );
        expect(failed).toEqual([]);
        expect(await contradictions(catalog)).toEqual([]);
      }
    }),
    // What comes at once does not come the same way again: there is nothing to shrink.
    { numRuns: 25, endOnFailure: true, interruptAfterTimeLimit: 8000 },
  );
});
