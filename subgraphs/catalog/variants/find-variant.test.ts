import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CUSTOMER,
  countStatements,
  openTestCatalog,
  STAFF,
  type TestCatalog,
} from '../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.stock('A', 10);
  await catalog.stock('B', 5);
  await catalog.stock('OLD', 5);
  await catalog.db.query('test.old', `update variants set active = false where sku = 'OLD'`);
  await catalog.commands.reserveStock([
    { orderId: newId(), items: [{ sku: 'A', quantity: 4 }], ttlSeconds: 900 },
  ]);
});
afterAll(() => catalog.close());

const VARIANT = `query ($sku: String!) {
  productVariant(sku: $sku) {
    sku title active price { amount currency } stock { available onHand reserved }
  }
}`;

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on ProductVariant { id sku priceHistory { edges { node { validFrom } } } }
  }
}`;

async function idOf(sku: string): Promise<string> {
  const query = 'query ($sku: String!) { productVariant(sku: $sku) { id } }';
  const { productVariant } = await catalog.ask<{ productVariant: { id: string } }>(
    query,
    { sku },
    STAFF,
  );
  return productVariant.id;
}

function variant(key: { id: string } | { sku: string }) {
  return { __typename: 'ProductVariant', ...key };
}

describe('productVariant', () => {
  it('shows customers what can be ordered', async () => {
    for (const identity of [ANONYMOUS, CUSTOMER]) {
      const answer = await catalog.ask(VARIANT, { sku: 'A' }, identity);
      expect(answer).toEqual({
        productVariant: {
          sku: 'A',
          title: 'A',
          active: true,
          price: { amount: '1.00', currency: 'GBP' },
          stock: { available: 6, onHand: null, reserved: null },
        },
      });
    }
  });

  it('shows staff what is on hand and reserved', async () => {
    expect(await catalog.ask(VARIANT, { sku: 'A' }, STAFF)).toMatchObject({
      productVariant: { stock: { available: 6, onHand: 10, reserved: 4 } },
    });
  });

  it('shows what is not for sale to staff alone', async () => {
    expect(await catalog.ask(VARIANT, { sku: 'OLD' }, CUSTOMER)).toEqual({ productVariant: null });
    expect(await catalog.ask(VARIANT, { sku: 'OLD' }, STAFF)).toMatchObject({
      productVariant: { active: false },
    });
  });

  it.each(['NONE', '', 'A\0', '%'])('finds nothing for %j', async (sku) => {
    expect(await catalog.ask(VARIANT, { sku }, STAFF)).toEqual({ productVariant: null });
  });
});

describe('references to variants', () => {
  it('are resolved by either key, in their order, with null for what is not there', async () => {
    const id = await idOf('A');
    const representations = [
      variant({ sku: 'B' }),
      variant({ sku: 'NONE' }),
      variant({ id }),
      variant({ sku: 'OLD' }),
      variant({ id: 'ProductVariant_nonsense' }),
      variant({ id: id.replace('ProductVariant', 'Product') }),
      variant({ sku: 'A' }),
    ];
    const answer = await catalog.ask<{ _entities: unknown[] }>(ENTITIES, { representations });
    const [a, b] = [expect.objectContaining({ sku: 'A' }), expect.objectContaining({ sku: 'B' })];
    expect(answer._entities).toEqual([b, null, a, null, null, null, a]);
  });

  it('cost one statement per key and one for all price histories', async () => {
    const ids = await Promise.all(['A', 'B', 'OLD'].map(idOf));
    const representations = [
      ...ids.map((id) => variant({ id })),
      ...['A', 'B', 'NONE', 'A'].map((sku) => variant({ sku })),
    ];
    const statements = countStatements();
    await catalog.ask(ENTITIES, { representations });
    expect(statements()).toBe(3);
  });
});
