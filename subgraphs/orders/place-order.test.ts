import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Placement, placeOrder, requestHash } from './place-order.js';
import {
  customer,
  openTestOrders,
  type Person,
  placement,
  product,
  STAFF,
  type TestOrders,
} from './testing/orders.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const place = (changes: Partial<Placement> = {}, by: Person = customer()) =>
  placeOrder(orders.as(by), by, placement(changes));

async function refusals(changes: Partial<Placement>, by?: Person): Promise<string[]> {
  const result = await place(changes, by);
  expect(result.order === null).toBe(result.errors.length > 0);
  return result.errors.map(({ code, field }) => `${code} ${field?.join('.')}`);
}

async function count(table: string): Promise<number> {
  const { db } = orders.as(ANONYMOUS);
  const [row] = await db.query<{ n: number }>(
    `n.${table}`,
    `select count(*)::int as n from ${table}`,
  );
  return row?.n ?? 0;
}

const counts = () =>
  Promise.all(['orders', 'order_lines', 'order_events', 'outbox'].map((table) => count(table)));

describe('a placed order', () => {
  it('is stored with its lines, its first event and an event to publish', async () => {
    const before = await counts();
    const me = customer();
    const lines = [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
      { sku: 'A', quantity: 3 },
    ];
    const result = await place({ lines }, me);
    expect(result).toMatchObject({ errors: [], repeated: false });
    expect(result.order).toEqual(await orders.order(result.order?.id as string));
    expect(result.order).toMatchObject({
      status: 'PENDING',
      seq: 1,
      total: 5250,
      customerId: me.userId,
    });
    expect(await counts()).toEqual(before.map((n, i) => n + ([1, 3, 1, 1][i] ?? 0)));
  });

  it('tells the reservation job what to hold, line by line', async () => {
    const lines = [
      { sku: 'A', quantity: 2 },
      { sku: 'A', quantity: 1 },
    ];
    const charges = [{ code: 'POST', title: 'Postage', quantity: 1, unitPrice: '1.00' }];
    const { order } = await place({ lines, charges, notifyCustomer: false }, STAFF);
    const { db } = orders.as(ANONYMOUS);
    const [event] = await db.query(
      'test.event',
      `select o.type, o.id = e.id as same, o.data, e.actor, e.from_status from outbox o
       join order_events e on e.order_id = o.subject and e.seq = 1 where o.subject = $1`,
      [order?.id],
    );
    expect(event).toEqual({
      type: 'order.placed',
      same: true,
      actor: `staff:${STAFF.userId}`,
      from_status: null,
      data: {
        seq: 1,
        status: 'PENDING',
        items: [
          { sku: 'A', quantity: 2 },
          { sku: 'A', quantity: 1 },
        ],
        notify: false,
        customerId: STAFF.userId,
        firstIn: MAIN_STOREFRONT_ID,
      },
    });
  });

  it('keeps title and price as they were', async () => {
    const { order } = await place();
    orders.products.set('A', product('A', 1));
    const { loaders } = orders.as(ANONYMOUS);
    expect(await loaders.lines.load(order?.id as string)).toMatchObject([
      { title: 'Product A', unitPrice: 1000 },
    ]);
    orders.products.set('A', product('A', 1000));
  });

  it('keeps the address', async () => {
    const shippingAddress = {
      name: 'Ada',
      line1: '1 High St',
      line2: null,
      city: 'York',
      postalCode: 'YO1',
      country: 'GB',
    };
    const { order } = await place({ shippingAddress });
    expect(await orders.order(order?.id as string)).toMatchObject({ shippingAddress });
  });

  it('may cost nothing: then there is no money to wait for, and its units are held all the same', async () => {
    const lines = [{ sku: 'A', quantity: 1, quotedUnitPrice: '0.00' }];
    const { order } = await place({ lines }, STAFF);
    expect(order).toMatchObject({ total: 0, status: 'PENDING' });
  });

  it('may cost as much as can be counted exactly, and no more', async () => {
    const line = { sku: 'A', quantity: 1, quotedUnitPrice: '90071992547409.91' };
    const { order } = await place({ lines: [line] }, STAFF);
    expect(order?.total).toBe(Number.MAX_SAFE_INTEGER);
    expect((await orders.order(order?.id as string)).total).toBe(Number.MAX_SAFE_INTEGER);
    expect(await refusals({ lines: [line, { sku: 'B', quantity: 1 }] }, STAFF)).toEqual([
      'INVALID_PRICE lines',
    ]);
  });

  it('may have two thousand lines', async () => {
    const lines = Array.from({ length: 2000 }, () => ({ sku: 'B', quantity: 1 }));
    const { order } = await place({ lines });
    expect(order?.total).toBe(500_000);
  });
});

describe('staff', () => {
  it('may order for a customer or for a guest, at a price they name, with charges', async () => {
    const userId = newId();
    orders.people.add(userId);
    const lines = [{ sku: 'A', quantity: 1, quotedUnitPrice: '4.00' }];
    const forCustomer = await place({ customerId: userId, lines }, STAFF);
    expect(forCustomer.order).toMatchObject({
      customerId: userId,
      placedBy: STAFF.userId,
      total: 400,
    });
    const forGuest = await place({ customerId: null }, STAFF);
    expect(forGuest.order).toMatchObject({ customerId: null, placedBy: STAFF.userId });
    const charges = [{ code: 'POST', title: 'Postage', quantity: 2, unitPrice: '1.50' }];
    const forMyself = await place({ lines: [], charges }, STAFF);
    expect(forMyself.order).toMatchObject({ customerId: STAFF.userId, total: 300 });
  });

  it('may not order for nobody that exists', async () => {
    expect(await refusals({ customerId: newId() }, STAFF)).toEqual(['UNKNOWN_CUSTOMER customerId']);
  });
});

/** Payments in place of one method. */
function by(payments: Array<[string, string]>): Partial<Placement> {
  const split = payments.map(([method, amount]) => ({ method, amount }));
  return { paymentMethod: undefined, payments: split };
}

describe('what is refused', () => {
  const charges = [{ code: 'POST', title: 'Postage', quantity: 1, unitPrice: '1.00' }];
  const address = {
    name: 'A',
    line1: 'x',
    line2: null,
    city: 'a\0b',
    postalCode: '1',
    country: 'GB',
  };

  it.each<[string, Partial<Placement>, string[]]>([
    [
      'a price of their own',
      { lines: [{ sku: 'A', quantity: 1, quotedUnitPrice: '0.01' }] },
      ['FORBIDDEN lines.0.quotedUnitPrice'],
    ],
    ['charges', { charges }, ['FORBIDDEN charges']],
    ['somebody else', { customerId: newId() }, ['FORBIDDEN customerId']],
    ['a guest', { customerId: null }, ['FORBIDDEN customerId']],
    ['money at shipment', { captureOn: 'SHIPMENT' }, ['FORBIDDEN captureOn']],
    ['an unknown product', { lines: [{ sku: 'Z', quantity: 1 }] }, ['UNKNOWN_SKU lines.0.sku']],
    ['no line', { lines: [] }, ['EMPTY_ORDER lines']],
    ['no key', { idempotencyKey: '' }, ['INVALID_INPUT idempotencyKey']],
    ['an endless key', { idempotencyKey: 'k'.repeat(201) }, ['INVALID_INPUT idempotencyKey']],
    ['no method', { paymentMethod: '' }, ['INVALID_INPUT paymentMethod']],
    ['no payment', by([]), ['INVALID_INPUT payments']],
    ['too many payments', by(Array(11).fill(['pm', '1'])), ['INVALID_INPUT payments']],
    [
      'both a method and payments',
      { ...by([['pm', '10.00']]), paymentMethod: 'pm' },
      ['INVALID_INPUT payments'],
    ],
    ['a payment without method', by([['', '10.00']]), ['INVALID_INPUT payments.0.method']],
    ['a payment of nothing', by([['pm', '0']]), ['INVALID_PRICE payments.0.amount']],
    [
      'too little',
      by([
        ['a', '4.00'],
        ['b', '5.99'],
      ]),
      ['PAYMENTS_MISMATCH payments'],
    ],
    [
      'too much',
      by([
        ['a', '4.00'],
        ['b', '6.01'],
      ]),
      ['PAYMENTS_MISMATCH payments'],
    ],
    ['a key with NUL', { idempotencyKey: 'a\0' }, ['INVALID_INPUT idempotencyKey']],
    ['half a character', { paymentMethod: '\ud83d' }, ['INVALID_INPUT paymentMethod']],
    ['an address with NUL', { shippingAddress: address }, ['INVALID_INPUT shippingAddress.city']],
  ])('%s, from a customer; nothing is stored', async (_name, changes, expected) => {
    const before = await counts();
    expect(await refusals(changes)).toEqual(expected);
    expect(await counts()).toEqual(before);
  });
});

it('keeps how the order is to be paid', async () => {
  const one = await orders.place();
  expect((await orders.order(one.id)).payments).toEqual([
    { attempt: 1, method: 'pm_card_approve', amount: 1000, state: 'DUE' },
  ]);
  expect(one.captureOn).toBe('CONFIRMATION');
  const later = await orders.place({ captureOn: 'SHIPMENT' }, STAFF);
  expect(later.captureOn).toBe('SHIPMENT');
  expect((await orders.order(later.id)).captureOn).toBe('SHIPMENT');
  const two = await orders.place(
    by([
      ['a', '4.00'],
      ['b', '6.00'],
    ]),
  );
  expect((await orders.order(two.id)).payments).toEqual([
    { attempt: 1, method: 'a', amount: 400, state: 'DUE' },
    { attempt: 2, method: 'b', amount: 600, state: 'DUE' },
  ]);
});

describe('the same key', () => {
  it('and request answer the same order', async () => {
    const me = customer();
    const request = placement();
    const first = await place(request, me);
    const again = await place(request, me);
    expect(again).toMatchObject({ repeated: true, errors: [] });
    expect(again.order?.id).toBe(first.order?.id);
  });

  it.each<[string, Partial<Placement>]>([
    ['quantity', { lines: [{ sku: 'A', quantity: 2 }] }],
    ['product', { lines: [{ sku: 'B', quantity: 1 }] }],
    ['method', { paymentMethod: 'pm_other' }],
    ['split', by([['pm_card_approve', '10.00']])],
    ['wish for mail', { notifyCustomer: false }],
  ])('with another %s is a conflict', async (_name, changes) => {
    const me = customer();
    const request = placement();
    await place(request, me);
    expect(await refusals({ ...request, ...changes }, me)).toEqual([
      'IDEMPOTENCY_CONFLICT idempotencyKey',
    ]);
  });

  it('of two people means two orders', async () => {
    const request = placement();
    const [mine, yours] = await Promise.all([place(request), place(request)]);
    expect(mine.order?.id).not.toBe(yours.order?.id);
  });

  it('fifty times at once is one order', async () => {
    const me = customer();
    const request = placement();
    const before = await counts();
    const results = await Promise.all(Array.from({ length: 50 }, () => place(request, me)));
    expect(new Set(results.map(({ order }) => order?.id)).size).toBe(1);
    expect(results.filter((result) => 'repeated' in result && !result.repeated)).toHaveLength(1);
    expect(await counts()).toEqual(before.map((n) => n + 1));
  });

  it('is one order also where two processes are asked at once', async () => {
    const other = await openTestOrders(orders.url);
    const me = customer();
    const request = placement();
    const ask = (system: TestOrders) => placeOrder(system.as(me), me, request);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => ask(i % 2 === 0 ? orders : other)),
    );
    expect(new Set(results.map(({ order }) => order?.id)).size).toBe(1);
    await other.close();
  });

  it('answers the order also when its product is no longer sold', async () => {
    const me = customer();
    orders.products.set('C', product('C', 1000));
    const request = placement({ lines: [{ sku: 'C', quantity: 1 }] });
    const first = await place(request, me);
    orders.products.delete('C');
    const again = await place(request, me);
    expect(again).toMatchObject({ repeated: true, order: { id: first.order?.id } });
    const lines = [{ sku: 'C', quantity: 2 }];
    expect(await refusals({ ...request, lines }, me)).toEqual([
      'IDEMPOTENCY_CONFLICT idempotencyKey',
    ]);
  });

  it('answers the order as it is by now, at the price it was placed at', async () => {
    const me = customer();
    const request = placement();
    const { order } = await place(request, me);
    await orders.commands.applyToOrder({
      orderId: order?.id as string,
      command: { type: 'recordNotSellable', skus: ['A'] },
    });
    orders.products.set('A', product('A', 999));
    expect((await place(request, me)).order).toMatchObject({ status: 'FAILED', total: 1000 });
    orders.products.set('A', product('A', 1000));
  });
});

describe('orders placed at once', () => {
  it('are written together, in one statement', async () => {
    const before = await counts();
    const lookedUp = 'workflows.newest';
    const statements = await statementsOf(() =>
      Promise.all(Array.from({ length: 40 }, () => place())),
    );
    expect(statements.filter((name) => name === 'orders.insert').length).toBeLessThanOrEqual(2);
    // The workflow that they go by is looked up once a second at the most.
    expect(statements.filter((name) => name === lookedUp).length).toBeLessThanOrEqual(1);
    const others = statements.filter((name) => name !== lookedUp);
    expect(new Set(others)).toEqual(new Set(['orders.insert']));
    expect(await counts()).toEqual(before.map((n) => n + 40));
  });

  it('do not fail with one among them that cannot be written', async () => {
    const me = customer();
    const { insertOrder } = orders.as(me);
    const good = await place();
    const bad = { ...(good.order as object), id: 'no uuid', eventId: newId(), lines: [] };
    const results = await Promise.allSettled([insertOrder(bad as never), place(), place()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });
});

describe('the hash of a request', () => {
  const base = placement({ idempotencyKey: 'k' });

  it('does not depend on the key, nor on fields that are absent or null', () => {
    expect(requestHash({ ...base, idempotencyKey: 'other' })).toBe(requestHash(base));
    const lines = [{ sku: 'A', quantity: 1, quotedUnitPrice: null }];
    expect(requestHash({ ...base, lines, shippingAddress: null })).toBe(requestHash(base));
  });

  it('tells every other difference', () => {
    const address = {
      name: 'A',
      line1: 'x',
      line2: null,
      city: 'c',
      postalCode: '1',
      country: 'GB',
    };
    const different: Placement[] = [
      base,
      { ...base, customerId: null },
      { ...base, customerId: newId() },
      { ...base, currency: 'EUR' },
      { ...base, lines: [{ sku: 'A', quantity: 1, quotedUnitPrice: '1' }] },
      { ...base, charges: [{ code: 'A', title: 'A', quantity: 1, unitPrice: '1' }] },
      { ...base, shippingAddress: address },
      { ...base, shippingAddress: { ...address, line2: 'y' } },
    ];
    expect(new Set(different.map(requestHash)).size).toBe(different.length);
  });
});
