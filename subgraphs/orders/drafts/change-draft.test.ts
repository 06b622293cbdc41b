import { newId } from '@waybill/kernel/ids.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userId } from '../present.js';
import { bare, codesOf, shopper, unitsOf } from '../testing/drafts.js';
import {
  customer,
  openTestOrders,
  type Person,
  product,
  STAFF,
  type TestOrders,
} from '../testing/orders.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const person = () => {
  const me = customer();
  orders.people.add(me.userId);
  return { me, ...shopper(orders, me) };
};
const A = { sku: 'A', quantity: 1 };
const cartOf = async (me: Parameters<typeof orders.ask>[2]) =>
  (await orders.ask<{ cart: { id: string } | null }>('{ cart { id } }', {}, me)).data.cart;

/** As the gateway asks for `me { cart }`. */
async function cartOfUser(me: Person, by: Person) {
  const source =
    'query($who: [_Any!]!) { _entities(representations: $who) { ... on User { cart { id } } } }';
  const who = [{ __typename: 'User', id: userId.encode(me.userId) }];
  return (await orders.ask<{ _entities: unknown[] }>(source, { who }, by)).data._entities;
}

describe('a cart', () => {
  it('begins with its first line, and is found again', async () => {
    const { me, addDraftLines } = person();
    expect(await cartOf(me)).toBe(null);
    const first = await addDraftLines({ lines: [A] });
    expect(first).toMatchObject({
      order: {
        status: 'DRAFT',
        number: null,
        total: { amount: '10.00', currency: 'GBP' },
        customer: { id: userId.encode(me.userId) },
        quote: { total: { amount: '10.00' }, isPlaceable: true },
      },
      userErrors: [],
    });
    const second = await addDraftLines({ lines: [A, { sku: 'B', quantity: 2 }] });
    expect(second.order?.id).toBe(first.order?.id);
    expect(unitsOf(second)).toEqual(['2xA', '2xB']);
    expect(await cartOf(me)).toEqual({ id: first.order?.id });
    expect(await cartOfUser(me, me)).toEqual([{ cart: { id: first.order?.id } }]);
    expect(await cartOfUser(me, STAFF)).toEqual([{ cart: { id: first.order?.id } }]);
    expect(await cartOfUser(me, customer())).toEqual([null]);
    expect(await orders.history(bare(first.order))).toEqual(['drafted', 'draft_changed']);
  });

  it('is one, however many tabs begin it at once', async () => {
    const { addDraftLines } = person();
    const answers = await Promise.all([1, 2, 3, 4].map(() => addDraftLines({ lines: [A] })));
    expect(new Set(answers.map(({ order }) => order?.id)).size).toBe(1);
    expect(unitsOf(await addDraftLines({ lines: [] }))).toEqual(['4xA']);
  });

  it('is what createDraft adds to', async () => {
    const { createDraft, addDraftLines } = person();
    const { order, token } = await createDraft({ lines: [A] });
    expect(token).toBe(null);
    expect((await addDraftLines({ lines: [A] })).order?.id).toBe(order?.id);
    expect(unitsOf(await createDraft({ lines: [A] }))).toEqual(['3xA']);
  });

  it('is set line by line, and as a whole', async () => {
    const { addDraftLines, setDraftLines } = person();
    await addDraftLines({ lines: [A, { sku: 'B', quantity: 2 }] });
    const set = await setDraftLines({ lines: [{ sku: 'B', quantity: 7 }] });
    expect(unitsOf(set)).toEqual(['1xA', '7xB']);
    expect(unitsOf(await setDraftLines({ lines: [{ sku: 'A', quantity: 0 }] }))).toEqual(['7xB']);
    expect(unitsOf(await setDraftLines({ lines: [A], replaceAll: true }))).toEqual(['1xA']);
    expect((await setDraftLines({ lines: [], replaceAll: true })).order).toMatchObject({
      lines: [],
      total: { amount: '0.00' },
      quote: { isPlaceable: false },
    });
  });

  it('says what it costs today beside what it did when it was filled', async () => {
    const { addDraftLines } = person();
    for (const sku of ['UP', 'GONE', 'FEW']) orders.products.set(sku, product(sku, 100));
    const lines = ['UP', 'GONE', 'FEW'].map((sku) => ({ sku, quantity: 2 }));
    await addDraftLines({ lines });
    orders.products.set('UP', product('UP', 150));
    orders.products.delete('GONE');
    orders.products.set('FEW', { ...product('FEW', 100), available: 1 });
    const { order } = await addDraftLines({ lines: [] });
    expect(order).toMatchObject({
      total: { amount: '6.00' },
      quote: {
        total: { amount: '5.00' },
        isPlaceable: false,
        lines: [
          { sku: 'UP', unitPrice: { amount: '1.50' }, priceChanged: true, available: true },
          { sku: 'GONE', unitPrice: null, sellable: false },
          { sku: 'FEW', priceChanged: false, sellable: true, available: false },
        ],
      },
    });
    expect(order?.lines[0]?.unitPrice).toEqual({ amount: '1.00' });
  });

  it('writes nothing where nothing changes', async () => {
    const { addDraftLines, setDraftLines } = person();
    const { order } = await addDraftLines({ lines: [A] });
    await setDraftLines({ lines: [A] });
    expect(await orders.history(bare(order))).toEqual(['drafted']);
    const statements = await statementsOf(() => setDraftLines({ lines: [A] }));
    expect(statements.filter((name) => /write|insert/.test(name))).toEqual([]);
  });

  it('keeps its other fields until they are taken away', async () => {
    const { addDraftLines, updateDraft } = person();
    const { order } = await addDraftLines({ lines: [A] });
    const address = { name: 'Ada', line1: '1 Way', city: 'Ely', postalCode: 'CB7', country: 'GB' };
    await updateDraft({ shippingAddress: address, paymentMethod: 'pm_card_approve' });
    await updateDraft({ notifyCustomer: false });
    const row = await orders.order(bare(order));
    expect(row.shippingAddress).toMatchObject(address);
    await updateDraft({ shippingAddress: null });
    expect((await orders.order(bare(order))).shippingAddress).toBe(null);
    expect(await orders.history(bare(order))).toHaveLength(4);
  });
});

describe('what is refused stores nothing', () => {
  it.each<[string, object, string[]]>([
    ['an unknown SKU', { lines: [{ sku: 'Z', quantity: 1 }] }, ['UNKNOWN_SKU lines.0.sku']],
    ['no units', { lines: [{ sku: 'A', quantity: 0 }] }, ['INVALID_QUANTITY lines.0.quantity']],
    [
      'too many',
      { lines: [{ sku: 'A', quantity: 1_000_001 }] },
      ['INVALID_QUANTITY lines.0.quantity'],
    ],
    [
      'too many in two lines',
      { lines: [{ sku: 'A', quantity: 1_000_000 }, A] },
      ['INVALID_QUANTITY lines'],
    ],
    [
      'a price of their own',
      { lines: [{ ...A, quotedUnitPrice: '0.01' }] },
      ['FORBIDDEN lines.0.quotedUnitPrice'],
    ],
    [
      'text that cannot be kept',
      { lines: [{ sku: 'A\0', quantity: 1 }] },
      ['INVALID_INPUT lines.0.sku'],
    ],
  ])('%s', async (_name, input, expected) => {
    const { me, addDraftLines } = person();
    const answer = await addDraftLines(input);
    expect(answer.order).toBe(null);
    expect(codesOf(answer)).toEqual(expected);
    expect(await cartOf(me)).toBe(null);
  });

  it.each<[string, object, string[]]>([
    ['a charge', { charges: [{ code: 'X', title: 'X', unitPrice: '1' }] }, ['FORBIDDEN charges']],
    ['somebody else', { customerId: userId.encode(newId()) }, ['FORBIDDEN customerId']],
    ['no currency', { currency: 'QQQ' }, ['INVALID_INPUT currency']],
    ['another currency', { currency: 'EUR', lines: [A] }, ['CURRENCY_MISMATCH lines.0.sku']],
    ['no address', { contactEmail: 'nobody' }, ['INVALID_INPUT contactEmail']],
    ["an account's address", { contactEmail: 'a@b.example' }, ['INVALID_INPUT contactEmail']],
    ['no payment method', { paymentMethod: '' }, ['INVALID_INPUT paymentMethod']],
  ])('of a customer: %s', async (_name, input, expected) => {
    const { me, createDraft } = person();
    expect(codesOf(await createDraft(input))).toEqual(expected);
    expect(await cartOf(me)).toBe(null);
  });

  it('the same SKU twice where each is to have one quantity, with the index that was asked', async () => {
    const { addDraftLines, setDraftLines } = person();
    await addDraftLines({ lines: [A] });
    expect(codesOf(await setDraftLines({ lines: [A, A] }))).toEqual(['INVALID_INPUT lines']);
    const lines = [
      { sku: 'A', quantity: 0 },
      { sku: 'Z', quantity: 1 },
    ];
    expect(codesOf(await setDraftLines({ lines }))).toEqual(['UNKNOWN_SKU lines.1.sku']);
    expect(unitsOf(await addDraftLines({ lines: [] }))).toEqual(['1xA']);
  });
});

describe('what staff put together', () => {
  const staff = () => shopper(orders, STAFF);
  const charges = [{ code: 'POST', title: 'Postage', unitPrice: '3.00' }];

  it('may have prices and charges that they name, for a customer or a guest', async () => {
    const { me } = person();
    const lines = [{ ...A, quotedUnitPrice: '7.00' }];
    const input = { lines, charges, customerId: userId.encode(me.userId) };
    const [one, other] = await Promise.all([
      staff().createDraft(input),
      staff().createDraft(input),
    ]);
    expect(one.order?.id).not.toBe(other.order?.id);
    expect(one).toMatchObject({
      token: null,
      order: {
        total: { amount: '10.00' },
        quote: { total: { amount: '10.00' }, lines: [{ priceChanged: false }, { sku: 'POST' }] },
      },
    });
    expect(await cartOf(me)).toBe(null);
    const draftId = one.order?.id;
    const without = await staff().setDraftLines({ draftId, lines: [], charges: [] });
    expect(unitsOf(without)).toEqual(['1xA']);
    const twice = await staff().setDraftLines({
      draftId,
      lines: [],
      charges: [...charges, ...charges],
    });
    expect(codesOf(twice)).toEqual(['INVALID_INPUT charges']);
  });

  it('needs a customer who exists', async () => {
    const answer = await staff().createDraft({ customerId: userId.encode(newId()) });
    expect(codesOf(answer)).toEqual(['UNKNOWN_CUSTOMER customerId']);
  });
});

it('is carried out once per key', async () => {
  const { addDraftLines } = person();
  const input = { lines: [A], idempotencyKey: newId() };
  const answers = [await addDraftLines(input), await addDraftLines(input)];
  expect(answers.map(unitsOf)).toEqual([['1xA'], ['1xA']]);
  const other = await addDraftLines({ ...input, lines: [] });
  expect(codesOf(other)).toEqual(['IDEMPOTENCY_CONFLICT idempotencyKey']);
});
