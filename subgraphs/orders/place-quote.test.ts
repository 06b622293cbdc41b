import { type Account, accountOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { QuoteToPlace } from '@waybill/schema/commands.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOrder, ONE_HISTORY, type OrderWithHistory } from './history/check-order.js';
import { customer, openTestOrders, STAFF, type TestOrders } from './testing/orders.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const line = { sku: 'A', variantId: newId(), title: 'An A', quantity: 2, hasChanged: false };

/** A quote of the catalog: two of A for 7.00 each in Swiss francs. */
function quoteFor(owner: Account, changes: Partial<QuoteToPlace> = {}): string {
  const id = newId();
  orders.quotes.set(id, {
    ownerKind: owner.kind === 'partner' ? 'partner' : 'user',
    ownerId: accountOf(owner),
    storefrontId: MAIN_STOREFRONT_ID,
    captureOn: 'SHIPMENT',
    currency: 'CHF',
    hasExpired: false,
    lines: [{ ...line, unitPrice: 700, priceId: newId() }],
    ...changes,
  });
  return id;
}

interface Answer {
  placeOrder: {
    alreadyPlaced: boolean;
    order: { id: string; fromQuote: { id: string } | null } | null;
    userErrors: Array<{ code: string; field: string[] | null }>;
  };
}

const PLACE = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    alreadyPlaced
    order {
      id fromQuote { id } total { amount currency } storefront { id } customer { id }
      lines { sku title quantity unitPrice { amount } priceId }
    }
    userErrors { code field }
  }
}`;

async function place(quote: string, by: Account, more: object = {}) {
  const input = {
    ...{ idempotencyKey: newId(), paymentMethod: 'pm_card_approve', quoteId: `Quote_${quote}` },
    ...more,
  };
  const { data, errors } = await orders.ask<Answer>(PLACE, { input }, by);
  expect(errors).toEqual([]);
  return (data as Answer).placeOrder;
}

const refusedFor = (code: string, field = 'quoteId') => ({
  alreadyPlaced: false,
  order: null,
  userErrors: [{ code, field: [field] }],
});

describe('a quote', () => {
  it('is placed at exactly its prices, in its storefront and currency', async () => {
    const me = customer();
    const quote = quoteFor(me);
    const placed = await place(quote, me);
    expect(placed).toMatchObject({
      order: {
        fromQuote: { id: `Quote_${quote}` },
        total: { amount: '14.00', currency: 'CHF' },
        storefront: { id: `Storefront_${MAIN_STOREFRONT_ID}` },
        customer: { id: `User_${me.userId}` },
        lines: [
          {
            ...{ sku: 'A', title: 'An A', quantity: 2, unitPrice: { amount: '7.00' } },
            priceId: expect.stringMatching(/^VariantPrice_/),
          },
        ],
      },
      userErrors: [],
    });
    const id = placed.order?.id.replace('Order_', '') ?? '';
    expect(await orders.order(id)).toMatchObject({ status: 'PENDING', captureOn: 'SHIPMENT' });
    const [history] = await orders
      .as(STAFF)
      .db.query<OrderWithHistory & { id: string }>('test.history', ONE_HISTORY, [id]);
    expect(checkOrder(history as never)).toBe(undefined);
  });

  it('is placed once, whoever asks with which key, also at the same time', async () => {
    const me = customer();
    orders.people.add(me.userId);
    const quote = quoteFor(me);
    const answers = await Promise.all([me, STAFF, me, STAFF].map((by) => place(quote, by)));
    const placed = answers.filter(({ order }) => order !== null);
    expect(placed).toHaveLength(1);
    const others = answers.filter(({ order }) => order === null);
    expect(others).toEqual(others.map(() => refusedFor('QUOTE_USED')));
    expect(await place(quote, me)).toEqual(refusedFor('QUOTE_USED'));
  });

  it('answers the same order under the same key, also when it has expired since', async () => {
    const me = customer();
    const quote = quoteFor(me);
    const idempotencyKey = newId();
    const first = await place(quote, me, { idempotencyKey });
    expect(await place(quote, me, { idempotencyKey })).toEqual({ ...first, alreadyPlaced: true });
    const stored = orders.quotes.get(quote) as QuoteToPlace;
    orders.quotes.set(quote, { ...stored, hasExpired: true });
    expect(await place(quote, me, { idempotencyKey })).toEqual({ ...first, alreadyPlaced: true });
    const another = quoteFor(me);
    expect(await place(another, me, { idempotencyKey })).toEqual(
      refusedFor('IDEMPOTENCY_CONFLICT', 'idempotencyKey'),
    );
  });

  it('is refused when it has expired, or its goods cost something else', async () => {
    const me = customer();
    expect(await place(quoteFor(me, { hasExpired: true }), me)).toEqual(
      refusedFor('QUOTE_EXPIRED'),
    );
    const lines = [{ ...line, unitPrice: 700, priceId: newId(), hasChanged: true }];
    expect(await place(quoteFor(me, { lines }), me)).toEqual(refusedFor('QUOTE_CHANGED'));
  });

  it('looks like none to others than whose it is, and staff of its storefront', async () => {
    const me = customer();
    const quote = quoteFor(me);
    const elsewhere: Account = { ...STAFF, realms: [newId()] };
    for (const other of [customer(), elsewhere]) {
      expect(await place(quote, other)).toEqual(refusedFor('QUOTE_NOT_FOUND'));
    }
    expect(await place(newId(), me)).toEqual(refusedFor('QUOTE_NOT_FOUND'));
    expect(await place('nonsense', me)).toEqual(refusedFor('QUOTE_NOT_FOUND'));
  });

  it('is placed by staff for whose it is', async () => {
    const me = customer();
    expect(await place(quoteFor(me), STAFF)).toEqual(refusedFor('UNKNOWN_CUSTOMER', 'customerId'));
    orders.people.add(me.userId);
    expect(await place(quoteFor(me), STAFF)).toMatchObject({
      order: { customer: { id: `User_${me.userId}` } },
    });
    const acme: Account = {
      kind: 'partner',
      partnerId: newId(),
      keyId: newId(),
      scopes: ['WRITE'],
    };
    const placed = await place(quoteFor(acme), STAFF);
    expect(placed).toMatchObject({ order: { customer: null } });
    const id = placed.order?.id.replace('Order_', '') ?? '';
    expect(await orders.order(id)).toMatchObject({ customerId: acme.partnerId, ofPartner: true });
  });

  it('says what is ordered, where and for whom: nothing else may', async () => {
    const me = customer();
    const quote = quoteFor(me);
    const lines = [{ sku: 'A', quantity: 1 }];
    const told: Array<[object, string]> = [
      [{ lines }, 'lines'],
      [{ charges: [{ code: 'X', title: 'X', unitPrice: '1' }] }, 'charges'],
      [{ customerId: `User_${newId()}` }, 'customerId'],
      [{ storefrontId: `Storefront_${MAIN_STOREFRONT_ID}` }, 'storefrontId'],
    ];
    for (const [more, field] of told) {
      expect(await place(quote, STAFF, more)).toEqual(refusedFor('INVALID_INPUT', field));
    }
    expect(await place(quote, me, { captureOn: 'SHIPMENT' })).toEqual(
      refusedFor('FORBIDDEN', 'captureOn'),
    );
    const payments = [{ method: 'pm', amount: '13.99' }];
    expect(await place(quote, me, { paymentMethod: null, payments })).toEqual(
      refusedFor('PAYMENTS_MISMATCH', 'payments'),
    );
    expect((await place(quote, me)).userErrors).toEqual([]);
  });
});
