import type { FetchEvent } from '@waybill/gateway/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placed, stepsUntil } from '../../support/orders.js';
import { type Customer, openShop, type Shop } from '../../support/shop.js';

const EVERYTHING = `{
  me {
    name
    orders(first: 10) {
      edges {
        node {
          number
          lines { quantity variant { title price { amount } } }
          payments { state captured { amount } }
        }
      }
    }
  }
}`;

interface Everything {
  me: {
    name: string;
    orders: { edges: Array<{ node: { lines: Line[]; payments: Array<{ state: string }> } }> };
  };
}

interface Line {
  quantity: number;
  variant: { title: string; price: { amount: string } };
}

describe('me → orders → lines → variant, and payments', () => {
  const fetches: FetchEvent[] = [];
  let shop: Shop;
  let customer: Customer;

  beforeAll(async () => {
    shop = await openShop({ onFetch: (fetch) => fetches.push(fetch) });
    customer = await shop.customer('Katherine Johnson');
    const skus = await Promise.all([
      shop.product({ title: 'Mug' }),
      shop.product({ title: 'Teapot' }),
    ]);
    const lines = skus.map((sku) => ({ sku, quantity: 2 }));
    const ids = await Promise.all([1, 2, 3].map(() => placed(customer, { lines })));
    await Promise.all(ids.map((id) => stepsUntil(customer, id, 'CONFIRMED')));
  });
  afterAll(() => shop?.close());

  it('is one query, and one call to each subgraph', async () => {
    fetches.length = 0;
    const { me } = await customer.ask<Everything>(EVERYTHING);
    const orders = me.orders.edges.map(({ node }) => node);
    expect(me.name).toBe('Katherine Johnson');
    expect(orders).toHaveLength(3);
    for (const { lines, payments } of orders) {
      expect(lines.map(({ variant }) => variant.title).toSorted()).toEqual(['Mug', 'Teapot']);
      expect(payments).toMatchObject([{ state: 'CAPTURED' }]);
    }
    expect(fetches.map(({ subgraph }) => subgraph).toSorted()).toEqual([
      'catalog',
      'orders',
      'payments',
      'users',
    ]);
  });
});
