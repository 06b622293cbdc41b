import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { QuoteToPlace } from '@waybill/schema/commands.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CUSTOMER,
  countStatements,
  openTestCatalog,
  STAFF,
  type TestCatalog,
} from '../testing/catalog.js';
import { quoteIds } from './quote.js';

let catalog: TestCatalog;
let blue: string;

beforeAll(async () => {
  catalog = await openTestCatalog();
  blue = await catalog.storefront('blue', 'EUR');
  await catalog.stock('A', 10);
  await catalog.stock('B', 10);
});
afterAll(() => catalog.close());

const PARTNER: Identity & { kind: 'partner' } = {
  kind: 'partner',
  partnerId: newId(),
  keyId: newId(),
  scopes: ['READ', 'WRITE', 'PRICES'],
};
const me = () => ({ ...STAFF, userId: newId(), roles: ['CUSTOMER'] as const });

const CREATE = `mutation ($input: CreateQuoteInput!) {
  createQuote(input: $input) {
    quote {
      id ownerId storefront { code } total { amount currency } reason hasExpired createdBy
      lines { lineNumber sku title quantity unitPrice { amount } priceId total { amount } }
    }
    userErrors { code field }
  }
}`;

interface Answer {
  createQuote: { quote: { id: string; ownerId: string } | null; userErrors: object[] };
}

const create = (input: object, identity: Identity) =>
  catalog.ask<Answer>(
    CREATE,
    { input: { lines: [{ sku: 'A', quantity: 2 }], ...input } },
    identity,
  );

async function quoted(input: object, identity: Identity): Promise<string> {
  const { createQuote } = await create(input, identity);
  expect(createQuote.userErrors).toEqual([]);
  return createQuote.quote?.id ?? '';
}

const refusedFor = (code: string, ...field: string[]) => ({
  createQuote: { quote: null, userErrors: [{ code, field }] },
});

async function toPlace(id: string): Promise<QuoteToPlace> {
  const [quote] = await catalog.commands.findQuote([{ quoteId: quoteIds.decode(id) ?? '' }]);
  return quote as QuoteToPlace;
}

const setPrice = (sku: string, price: string) =>
  catalog.ask(
    'mutation ($input: SetPricesInput!) { setPrices(input: $input) { userErrors { code } } }',
    { input: { prices: [{ sku, price }] } },
    STAFF,
  );

describe('createQuote', () => {
  it('keeps the prices in force, bound to the rows that say them', async () => {
    const customer = me();
    const lines = [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
    ];
    expect(await create({ lines }, customer)).toEqual({
      createQuote: {
        quote: {
          id: expect.stringMatching(/^Quote_/),
          ownerId: `User_${customer.userId}`,
          storefront: { code: 'main' },
          total: { amount: '3.00', currency: 'GBP' },
          reason: null,
          hasExpired: false,
          createdBy: null,
          lines: [
            {
              ...{
                lineNumber: 1,
                sku: 'A',
                title: 'A',
                quantity: 2,
                unitPrice: { amount: '1.00' },
              },
              ...{ priceId: expect.stringMatching(/^VariantPrice_/), total: { amount: '2.00' } },
            },
            expect.objectContaining({ lineNumber: 2, sku: 'B' }),
          ],
        },
        userErrors: [],
      },
    });
  });

  it('takes prices of staff for a customer or a partner, with a reason', async () => {
    const lines = [{ sku: 'A', quantity: 2, unitPrice: '0.1' }];
    expect(await create({ lines }, STAFF)).toEqual(refusedFor('REASON_REQUIRED', 'reason'));
    const partnerId = `Partner_${PARTNER.partnerId}`;
    expect(await create({ lines, partnerId, reason: 'Fair' }, STAFF)).toMatchObject({
      createQuote: {
        quote: {
          ...{
            ownerId: partnerId,
            total: { amount: '0.20' },
            reason: 'Fair',
            createdBy: `user:${STAFF.userId}`,
          },
          lines: [{ unitPrice: { amount: '0.10' }, priceId: null }],
        },
      },
    });
  });

  it('lets partners go down as far as their key allows', async () => {
    const priced = (unitPrice: string) => ({
      lines: [{ sku: 'A', quantity: 1, unitPrice }],
      reason: 'Sale',
    });
    expect(await create(priced('0.80'), PARTNER)).toMatchObject({
      createQuote: { quote: { total: { amount: '0.80' } }, userErrors: [] },
    });
    const field = ['lines', '0', 'unitPrice'];
    expect(await create(priced('0.79'), PARTNER)).toEqual(refusedFor('PRICE_TOO_LOW', ...field));
    const key: Identity = { ...PARTNER, scopes: ['WRITE'] };
    expect(await create(priced('0.80'), key)).toEqual(refusedFor('FORBIDDEN', ...field));
    expect(await create(priced('1.00'), CUSTOMER)).toEqual(refusedFor('FORBIDDEN', ...field));
  });

  it.each([
    [{ lines: [] }, 'INVALID_LINES', 'lines'],
    [{ lines: [{ sku: 'NONE', quantity: 1 }] }, 'UNKNOWN_SKU', 'lines.0.sku'],
    [{ lines: [{ sku: 'A', quantity: 0 }] }, 'INVALID_QUANTITY', 'lines.0.quantity'],
    [{ storefront: 'blue' }, 'UNKNOWN_SKU', 'lines.0.sku'],
    [{ storefront: 'none' }, 'UNKNOWN_STOREFRONT', 'storefront'],
    [{ expiresAt: '2001-01-01T00:00:00Z' }, 'INVALID_TIME', 'expiresAt'],
    [{ expiresAt: '2999-01-01T00:00:00Z' }, 'INVALID_TIME', 'expiresAt'],
    [{ reason: 'a\0b' }, 'INVALID_TEXT', 'reason'],
    [{ customerId: `User_${newId()}` }, 'FORBIDDEN', 'customerId'],
  ])('refuses %j', async (input, code, field) => {
    expect(await create(input, CUSTOMER)).toEqual(refusedFor(code, ...field.split('.')));
  });

  it('refuses what staff may not say either', async () => {
    const lines = [{ sku: 'A', quantity: 1, unitPrice: '1.001' }];
    expect(await create({ lines, reason: 'x' }, STAFF)).toEqual(
      refusedFor('INVALID_PRICE', 'lines', '0', 'unitPrice'),
    );
    const customerId = 'User_nobody';
    expect(await create({ customerId }, STAFF)).toEqual(
      refusedFor('INVALID_ACCOUNT', 'customerId'),
    );
    const elsewhere: Identity = { ...STAFF, realms: [newId()] };
    expect(await create({ storefront: 'main' }, elsewhere)).toEqual(
      refusedFor('UNKNOWN_STOREFRONT', 'storefront'),
    );
    expect(await catalog.errorCodes(CREATE, { input: { lines } }, ANONYMOUS)).toEqual([
      'UNAUTHENTICATED',
    ]);
  });
});

describe('quotes', () => {
  const seen = async (id: string, identity: Identity) => {
    const source = `query ($id: ID!, $r: [_Any!]!) {
      quote(id: $id) { id } _entities(representations: $r) { ... on Quote { id } } }`;
    const r = [{ __typename: 'Quote', id }];
    const { quote, _entities } = await catalog.ask<{ quote: object | null; _entities: unknown[] }>(
      source,
      { id, r },
      identity,
    );
    expect(_entities).toEqual([quote]);
    return quote !== null;
  };

  it('look like none to others than whose they are, and staff of their storefront', async () => {
    const customer = me();
    const id = await quoted({}, customer);
    expect(await seen(id, customer)).toBe(true);
    expect(await seen(id, STAFF)).toBe(true);
    expect(await seen(id, { ...STAFF, realms: [MAIN_STOREFRONT_ID] })).toBe(true);
    for (const other of [ANONYMOUS, me(), PARTNER, { ...STAFF, realms: [blue] }]) {
      expect(await seen(id, other)).toBe(false);
    }
    expect(await seen('Quote_nonsense', STAFF)).toBe(false);
  });

  it('are listed for whose they are, the latest first, page by page', async () => {
    const customer = me();
    const ids = [];
    for (const _ of [1, 2, 3]) ids.unshift(await quoted({}, customer));
    await quoted({}, me());
    type Page = {
      quotes: { edges: Array<{ node: { id: string } }>; pageInfo: { endCursor: string } };
    };
    const list = (variables: object, identity: Identity = customer) =>
      catalog.ask<Page>(
        `query ($first: Int, $after: String, $storefront: String) {
          quotes(first: $first, after: $after, storefront: $storefront) {
            edges { node { id } } pageInfo { endCursor } } }`,
        variables,
        identity,
      );
    const idsOf = ({ quotes }: Page) => quotes.edges.map(({ node }) => node.id);
    const first = await list({ first: 2 });
    const statements = countStatements();
    const second = await list({ first: 2, after: first.quotes.pageInfo.endCursor });
    expect(statements()).toBe(1);
    expect([...idsOf(first), ...idsOf(second)]).toEqual(ids);
    expect(idsOf(await list({ storefront: 'blue' }))).toEqual([]);
    expect(idsOf(await list({ first: 100 }, STAFF))).toEqual(expect.arrayContaining(ids));
    expect(idsOf(await list({}, { ...STAFF, realms: [blue] }))).toEqual([]);
  });
});

describe('a quote that somebody wants to place', () => {
  it('has changed where a price that it is bound to is not in force any more', async () => {
    await catalog.stock('C', 1);
    const bound = await quoted(
      {
        lines: [
          { sku: 'C', quantity: 1 },
          { sku: 'A', quantity: 1 },
        ],
      },
      CUSTOMER,
    );
    const own = await quoted(
      { lines: [{ sku: 'C', quantity: 1, unitPrice: '0.5' }], reason: 'x' },
      STAFF,
    );
    expect(await toPlace(bound)).toMatchObject({
      ...{
        ownerKind: 'user',
        storefrontId: MAIN_STOREFRONT_ID,
        currency: 'GBP',
        hasExpired: false,
      },
      lines: [
        { sku: 'C', unitPrice: 100, hasChanged: false },
        { sku: 'A', hasChanged: false },
      ],
    });
    await setPrice('C', '2');
    expect(await toPlace(bound)).toMatchObject({
      lines: [{ hasChanged: true }, { hasChanged: false }],
    });
    expect(await toPlace(own)).toMatchObject({
      lines: [{ unitPrice: 50, priceId: null, hasChanged: false }],
    });
    await catalog.db.query('test.old', `update variants set active = false where sku = 'C'`);
    expect(await toPlace(own)).toMatchObject({ lines: [{ hasChanged: true }] });
  });

  it('expires by the clock of the database', async () => {
    const id = await quoted({ expiresAt: new Date(Date.now() + 800).toISOString() }, CUSTOMER);
    expect(await toPlace(id)).toMatchObject({ hasExpired: false });
    await expect.poll(async () => (await toPlace(id)).hasExpired, { timeout: 5000 }).toBe(true);
  });

  it('is null where there is none', async () => {
    expect(await catalog.commands.findQuote([{ quoteId: newId() }])).toEqual([null]);
  });
});
