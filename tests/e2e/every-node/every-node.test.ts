import { randomUUID } from 'node:crypto';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placed, ship, stepsUntil } from '../../support/orders.js';
import { type Customer, openShop, type Shop } from '../../support/shop.js';
import { countedStock } from '../one-key-one-effect/bulk-mutations.js';

const IDS = `query ($orderId: ID!) {
  order(id: $orderId) {
    id fromQuote { id } customer { id } payments { id } lines { variant { id product { id } } } fulfillments { id location { id } } returns { id }
  }
}`;

interface Ids {
  order: {
    id: string;
    fromQuote: { id: string } | null;
    customer: { id: string };
    payments: Array<{ id: string }>;
    lines: Array<{ variant: { id: string; product: { id: string } } }>;
    fulfillments: Array<{ id: string; location: { id: string } | null }>;
    returns: Array<{ id: string }>;
  };
}

const NODES = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Order { number }
    ... on User { name }
    ... on Payment { method }
    ... on Product { handle }
    ... on ProductVariant { title }
    ... on Fulfillment { status }
    ... on Return { reason }
    ... on Storefront { code }
    ... on Location { code }
    ... on Quote { total { amount } }
    ... on Category { title }
    ... on BulkImport { kind }
  }
}`;

describe('node(id)', () => {
  let shop: Shop;
  let customer: Customer;

  beforeAll(async () => {
    shop = await openShop();
    customer = await shop.customer('Annie Easley');
  });
  afterAll(() => shop?.close());

  it('finds the entities of all four subgraphs', async () => {
    const sku = await shop.product({ title: 'Slide rule' });
    const quoteId = await quoteOf(customer, sku);
    const orderId = await placed(customer, { quoteId });
    await stepsUntil(customer, orderId, 'CONFIRMED');
    await ship(shop.staff, orderId);
    await stepsUntil(customer, orderId, 'SHIPPED');
    await customer.ask(
      'mutation ($input: RequestReturnInput!) { requestReturn(input: $input) { return { id } } }',
      { input: { orderId, lines: [{ lineNumber: 1, quantity: 1 }], reason: 'too slow' } },
    );
    const { order } = await shop.staff.ask<Ids>(IDS, { orderId });
    const ids = [
      order.id,
      order.customer.id,
      order.payments[0]?.id ?? '',
      order.lines[0]?.variant.id ?? '',
      order.fulfillments[0]?.id ?? '',
      order.returns[0]?.id ?? '',
      `Storefront_${MAIN_STOREFRONT_ID}`,
      order.lines[0]?.variant.product.id ?? '',
      order.fulfillments[0]?.location?.id ?? '',
      await categoryOf(customer),
      order.fromQuote?.id ?? '',
      await countedStock({ shop }),
    ];
    expect(ids.map((id) => id.split('_')[0]).sort()).toEqual(await nodeTypes(customer));
    const { nodes } = await shop.staff.ask<{ nodes: unknown[] }>(NODES, { ids });
    expect(nodes).toMatchObject([
      { __typename: 'Order', id: ids[0], number: expect.any(String) },
      { __typename: 'User', id: ids[1], name: 'Annie Easley' },
      { __typename: 'Payment', id: ids[2], method: 'pm_card_approve' },
      { __typename: 'ProductVariant', id: ids[3], title: 'Slide rule' },
      { __typename: 'Fulfillment', id: ids[4], status: 'SHIPPED' },
      { __typename: 'Return', id: ids[5], reason: 'too slow' },
      { __typename: 'Storefront', id: ids[6], code: 'main' },
      { __typename: 'Product', id: ids[7], handle: expect.any(String) },
      { __typename: 'Location', id: ids[8], code: 'main' },
      { __typename: 'Category', id: ids[9], title: 'Home' },
      { __typename: 'Quote', id: ids[10], total: { amount: '10.00' } },
      { __typename: 'BulkImport', id: ids[11], kind: 'STOCK' },
    ]);
  });

  it.each([`Order_${randomUUID()}`, 'Order_x', 'nonsense', ''])(
    'answers null for %j',
    async (id) => {
      const query = 'query ($id: ID!) { node(id: $id) { id } }';
      expect(await customer.ask(query, { id })).toEqual({ node: null });
    },
  );
});

/** What one unit of a SKU costs now, kept for whoever asks. */
async function quoteOf(customer: Customer, sku: string): Promise<string> {
  const { createQuote } = await customer.ask<{ createQuote: { quote: { id: string } } }>(
    'mutation ($input: CreateQuoteInput!) { createQuote(input: $input) { quote { id } } }',
    { input: { lines: [{ sku, quantity: 1 }] } },
  );
  return createQuote.quote.id;
}

/** One of those that every start seeds. */
async function categoryOf(customer: Customer): Promise<string> {
  const { category } = await customer.ask<{ category: { id: string } }>(
    '{ category(handle: "home") { id } }',
  );
  return category.id;
}

/** All that has a global id, by the graph itself. */
async function nodeTypes(customer: Customer): Promise<string[]> {
  const { __type } = await customer.ask<{ __type: { possibleTypes: Array<{ name: string }> } }>(
    '{ __type(name: "Node") { possibleTypes { name } } }',
  );
  return __type.possibleTypes.map(({ name }) => name).sort();
}
