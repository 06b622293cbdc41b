import { newId } from '@waybill/kernel/ids.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderId, userId } from '../present.js';
import {
  type Answer,
  customer,
  openTestOrders,
  type Person,
  STAFF,
  type TestOrders,
} from '../testing/orders.js';
import { reserved } from '../testing/steps.js';

let orders: TestOrders;
const ada = customer();
const bob = customer();
const GREEN = newId();
/** Oldest first. */
const ofAda: string[] = [];
let ofBob: string;

beforeAll(async () => {
  orders = await openTestOrders();
  orders.storefronts.set(GREEN, null);
  for (let i = 0; i < 7; i++) {
    const lines = [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: i + 1 },
    ];
    const { id } = await orders.place({ idempotencyKey: `k${i}`, lines }, ada);
    ofAda.push(orderId.encode(id));
    if (i % 2 === 0) await orders.advance(id, reserved());
  }
  ofBob = orderId.encode((await orders.place({}, bob)).id);
});
afterAll(() => orders.close());

interface Page {
  edges: Array<{ cursor: string; node: { id: string } }>;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
}

const PAGE = `edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor }`;
const LIST = `query($first: Int, $after: String, $filter: OrderFilter, $sort: OrderSort) {
  orders(first: $first, after: $after, filter: $filter, sort: $sort) { ${PAGE} } }`;

const list = (by: Person, variables: object = {}) =>
  orders.ask<{ orders: Page }>(LIST, variables, by);
const idsOf = ({ edges }: Page) => edges.map(({ node }) => node.id);
const codeOf = ({ errors }: Answer<unknown>) => errors[0]?.extensions?.code;

/** All pages, one after the other. */
async function walk(read: (after: string | null) => Promise<Page>): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page = await read(after);
    expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
    pages.push(idsOf(page));
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) return pages;
  }
}

describe('one order', () => {
  const ORDER = `query($id: ID!) { order(id: $id) { id status displayStatus idempotencyKey needsAttention
    customer { id } lines { lineNumber sku total { amount } variant { id } } } }`;

  it('is shown to its customer, with its lines', async () => {
    const { data } = await orders.ask(ORDER, { id: ofAda[0] }, ada);
    expect(data).toMatchObject({
      order: {
        id: ofAda[0],
        displayStatus: 'Waiting for payment',
        idempotencyKey: 'k0',
        customer: { id: userId.encode(ada.userId) },
        lines: [
          {
            sku: 'A',
            total: { amount: '10.00' },
            variant: { id: expect.stringMatching(/^ProductVariant_/) },
          },
          { sku: 'B', total: { amount: '2.50' } },
        ],
      },
    });
  });

  it('is found by its number, by whom it is for', async () => {
    const numbers = await orders.ask<{ order: { number: string } }>(
      'query($id: ID!) { order(id: $id) { number } }',
      { id: ofAda[0] },
      ada,
    );
    const byNumber = (number: string | undefined, by: Person) =>
      orders.ask('query($number: String!) { order(number: $number) { id } }', { number }, by);
    const number = numbers.data?.order.number;
    const found = { data: { order: { id: ofAda[0] } } };
    expect(await byNumber(number, ada)).toMatchObject(found);
    expect(await byNumber(number, STAFF)).toMatchObject(found);
    expect((await byNumber(number, bob)).data).toEqual({ order: null });
    for (const wrong of ['0', '-1', 'x', '9'.repeat(30), '999999999']) {
      expect(await byNumber(wrong, STAFF)).toMatchObject({ data: { order: null }, errors: [] });
    }
  });

  it('is asked for by one of both', async () => {
    const both = 'query($id: ID, $number: String) { order(id: $id, number: $number) { id } }';
    expect(codeOf(await orders.ask(both, {}, ada))).toBe('BAD_USER_INPUT');
    const answer = await orders.ask(both, { id: ofAda[0], number: '1' }, ada);
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
  });

  it('is shown to staff, without the key that is not theirs', async () => {
    const { data } = await orders.ask(ORDER, { id: ofAda[0] }, STAFF);
    expect(data).toMatchObject({ order: { id: ofAda[0], idempotencyKey: null } });
  });

  it.each(['Order_x', '', `User_${newId()}`, `Order_${newId()}`])('%j is none', async (id) => {
    expect(await orders.ask(ORDER, { id }, STAFF)).toEqual({ data: { order: null }, errors: [] });
  });

  it('says only to staff why it needs attention', async () => {
    const { id } = await orders.place({}, bob);
    await orders.advance(id, { type: 'flagAttention', reason: 'dead' });
    const ask = async (by: Person) =>
      (await orders.ask<{ order: object }>(ORDER, { id: orderId.encode(id) }, by)).data.order;
    expect(await ask(STAFF)).toMatchObject({ needsAttention: 'dead' });
    expect(await ask(bob)).toMatchObject({ needsAttention: null });
  });
});

describe('the list of orders', () => {
  it('is walked page by page without gaps or repeats, newest first', async () => {
    for (const first of [1, 2, 3, 7, 100]) {
      const pages = await walk(async (after) => (await list(ada, { first, after })).data.orders);
      expect(pages.flat()).toEqual(ofAda.toReversed());
      expect(Math.max(...pages.map((page) => page.length))).toBe(Math.min(first, 7));
    }
  });

  it('is not moved by orders that are placed while it is walked', async () => {
    const carl = customer();
    const [one, two] = [await orders.place({}, carl), await orders.place({}, carl)];
    const pages = await walk(async (after) => {
      await orders.place({}, carl);
      return (await list(carl, { first: 2, after })).data.orders;
    });
    expect(pages.flat()).toHaveLength(3);
    expect(pages.flat()).toEqual(
      expect.arrayContaining([one, two].map(({ id }) => orderId.encode(id))),
    );
  });

  it('goes by when an order was placed, not by when it was begun', async () => {
    const dora = customer();
    const placed = await Promise.all([1, 2, 3].map(() => orders.place({}, dora)));
    const { db } = orders.as(STAFF);
    const begun = placed.map(({ id }) => id).toSorted();
    for (const id of [begun[1], begun[0], begun[2]]) {
      await db.query(
        'test.place',
        'update orders set placed_at = clock_timestamp() where id = $1',
        [id],
      );
    }
    const newestFirst = [begun[2], begun[0], begun[1]].map((id) => orderId.encode(id ?? ''));
    for (const first of [1, 2, 3]) {
      const pages = await walk(async (after) => (await list(dora, { first, after })).data.orders);
      expect(pages.flat()).toEqual(newestFirst);
    }
  });

  it("has all orders for staff, and one customer's where they ask so", async () => {
    expect(idsOf((await list(STAFF)).data.orders)).toEqual(
      expect.arrayContaining([...ofAda, ofBob]),
    );
    const filter = { customerId: userId.encode(ada.userId) };
    expect(idsOf((await list(STAFF, { filter })).data.orders)).toEqual(ofAda.toReversed());
    const nobody = { customerId: 'nonsense' };
    expect(idsOf((await list(STAFF, { filter: nobody })).data.orders)).toEqual([]);
  });

  it("has a customer's own only", async () => {
    expect(idsOf((await list(bob)).data.orders)).not.toEqual(expect.arrayContaining([ofAda[0]]));
    const filter = { customerId: userId.encode(ada.userId) };
    expect(codeOf(await list(bob, { filter }))).toBe('FORBIDDEN');
    expect(codeOf(await orders.ask(LIST))).toBe('UNAUTHENTICATED');
  });

  it('is narrowed by status, date and key, and by all of them', async () => {
    const ids = async (filter: object, by = ada) => idsOf((await list(by, { filter })).data.orders);
    const paying = ofAda.filter((_, i) => i % 2 === 0).toReversed();
    expect(await ids({ status: ['RESERVED'] })).toEqual(paying);
    expect(await ids({ status: ['RESERVED', 'PENDING'] })).toEqual(ofAda.toReversed());
    expect(await ids({ status: [] })).toEqual([]);
    const { placedAt } = await orders.order(orderId.decode(ofAda[3] ?? '') ?? '');
    // Postgres counts microseconds, which a Date does not have.
    expect(await ids({ placedFrom: placedAt.toISOString() })).toEqual(ofAda.slice(3).toReversed());
    expect(await ids({ placedTo: placedAt.toISOString() })).toEqual(ofAda.slice(0, 3).toReversed());
    const keys = { idempotencyKeys: ['k0', 'k1', 'k9', 'a\0'] };
    expect(await ids(keys)).toEqual([ofAda[1], ofAda[0]]);
    expect(await ids({ ...keys, status: ['PENDING'] })).toEqual([ofAda[1]]);
    expect(await ids(keys, STAFF)).toEqual([]);
  });

  it('is narrowed and sorted by what orders cost, in one currency', async () => {
    const ids = async (total: object, sort?: string) =>
      idsOf(
        (await list(ada, { filter: { total: { currency: 'GBP', ...total } }, sort })).data.orders,
      );
    // They cost 12.50, 15.00 and so on.
    expect(await ids({ min: '15.00', max: '20' })).toEqual(ofAda.slice(1, 4).toReversed());
    expect(await ids({}, 'TOTAL_ASCENDING')).toEqual(ofAda);
    expect(await ids({ max: '15' }, 'TOTAL_DESCENDING')).toEqual([ofAda[1], ofAda[0]]);
    expect(await ids({ currency: 'EUR' })).toEqual([]);
  });

  it('is searched by words, a SKU and the number, by everybody among what they may see', async () => {
    const found = async (by: Person, filter: object) =>
      idsOf((await list(by, { first: 100, filter })).data.orders);
    const shippingAddress = {
      ...{ name: 'Ada Xanthos', line1: '1 Hill', line2: null, city: 'York', postalCode: 'YO1' },
      country: 'GB',
    };
    const eve = customer();
    const order = await orders.place({ shippingAddress }, eve);
    await orders.place({ shippingAddress, storefrontId: GREEN }, bob);
    await orders.project();
    const id = orderId.encode(order.id);
    expect(await found(eve, { search: 'XANTH' })).toEqual([id]);
    expect(await found(eve, { search: 'york product ada' })).toEqual([id]);
    expect(await found(eve, { search: `${order.number}` })).toEqual([id]);
    expect(await found(customer(), { search: 'xanthos' })).toEqual([]);
    expect(await found(STAFF, { search: 'xanthos' })).toHaveLength(2);
    expect(await found({ ...STAFF, realms: [GREEN] }, { search: 'xanthos' })).toHaveLength(1);
    expect(await found({ ...STAFF, realms: [] }, { search: 'xanthos' })).toEqual([]);
    expect(await found(ada, { sku: 'B' })).toEqual(ofAda.toReversed());
    expect(await found(ada, { sku: 'b' })).toEqual([]);
    expect(await found(eve, { search: 'a\0' })).toEqual([]);
    expect(await found(ada, { search: ' ', sku: 'B' })).toHaveLength(7);
  });

  it('is narrowed for staff to what needs them', async () => {
    const { id } = await orders.place({}, bob);
    await orders.advance(id, { type: 'flagAttention', reason: 'dead' });
    const filter = { needsAttention: true };
    expect(idsOf((await list(STAFF, { filter })).data.orders)).toContain(orderId.encode(id));
    expect(idsOf((await list(STAFF, { filter })).data.orders)).not.toContain(ofBob);
    expect(codeOf(await list(bob, { filter }))).toBe('FORBIDDEN');
  });

  it.each([
    { first: 0 },
    { sort: 'TOTAL_ASCENDING' },
    { filter: { total: { currency: 'XXQ' } } },
    { filter: { total: { currency: 'GBP', min: '1.001' } } },
    { filter: { total: { currency: 'GBP', max: 'much' } } },
    { first: 101 },
    { first: -1 },
    { after: 'x' },
    { after: Buffer.from('k:x').toString('base64url') },
    { filter: { placedFrom: 'yesterday' } },
    { filter: { placedTo: '2026-02-31' } },
    { filter: { placedTo: '0000-01-01T00:00:00Z' } },
  ])('refuses %j', async (variables) => {
    expect(codeOf(await list(ada, variables))).toBe('BAD_USER_INPUT');
  });
});

describe("a person's orders", () => {
  const ENTITIES = `query($people: [_Any!]!, $first: Int, $after: String, $filter: OrderFilter) {
    _entities(representations: $people) { ... on User { id
      orders(first: $first, after: $after, filter: $filter) { ${PAGE} } } } }`;
  type People = { _entities: Array<{ orders: Page } | null> };
  const person = ({ userId: id }: Person) => ({ __typename: 'User', id: userId.encode(id) });
  const ask = (by: Person, people: Person[], variables: object = {}) =>
    orders.ask<People>(ENTITIES, { people: people.map(person), ...variables }, by);

  it('are walked page by page', async () => {
    const pages = await walk(async (after) => {
      const { data } = await ask(ada, [ada], { first: 3, after });
      return data._entities[0]?.orders as Page;
    });
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(pages.flat()).toEqual(ofAda.toReversed());
  });

  it("are their own and staff's to see", async () => {
    expect((await ask(bob, [ada])).data._entities).toEqual([null]);
    const { data } = await ask(STAFF, [ada, bob, customer(), ada], {
      filter: { status: ['PENDING'] },
    });
    const [first, second, third, again] = data._entities.map((each) => idsOf(each?.orders as Page));
    expect(first).toEqual(ofAda.filter((_, i) => i % 2 === 1).toReversed());
    expect(second).toContain(ofBob);
    expect(third).toEqual([]);
    expect(again).toEqual(first);
  });

  it('are each as their arguments ask, also where one operation asks differently', async () => {
    const source = `query($people: [_Any!]!) { _entities(representations: $people) { ... on User {
      all: orders(first: 100) { ${PAGE} } same: orders(first: 100) { ${PAGE} }
      one: orders(first: 1) { ${PAGE} } paying: orders(filter: {status: [RESERVED]}) { ${PAGE} } } } }`;
    const { data } = await orders.ask<{ _entities: Array<Record<string, Page>> }>(
      source,
      { people: [person(ada), person(bob)] },
      STAFF,
    );
    const [one] = data._entities;
    expect(idsOf(one?.all as Page)).toEqual(ofAda.toReversed());
    expect(idsOf(one?.same as Page)).toEqual(ofAda.toReversed());
    expect(idsOf(one?.one as Page)).toEqual(ofAda.slice(-1));
    expect(idsOf(one?.paying as Page)).toHaveLength(4);
  });

  it('cost one statement, however many people are asked for', async () => {
    const statements = await statementsOf(() => ask(STAFF, [ada, bob, customer(), customer()]));
    expect(statements).toHaveLength(1);
  });
});

describe('what a list costs', () => {
  it.each([
    ['lines', 'lines { sku variant { id } }'],
    ['refunds', 'refunds { id }'],
    ['events', 'events(first: 3) { edges { node { seq actor { kind user { id } } } } }'],
    ['customer', 'customer { id }', 1],
  ])('one statement more for the %s of all its orders', async (_name, fields, statements = 2) => {
    const source = `{ orders { edges { node { id ${fields} } } } }`;
    expect(await statementsOf(() => orders.ask(source, {}, STAFF))).toHaveLength(statements);
  });

  it('nothing more for requests that come together, each of which sees its own', async () => {
    const source = 'query($id: ID!) { order(id: $id) { id lines { sku } } }';
    const askers: Array<[string, Person]> = [
      ...ofAda.map((id): [string, Person] => [id, ada]),
      [ofBob, ada],
      [ofBob, bob],
    ];
    let found: unknown[] = [];
    const statements = await statementsOf(async () => {
      const answers = askers.map(([id, by]) =>
        orders.ask<{ order: { id: string } | null }>(source, { id }, by),
      );
      found = (await Promise.all(answers)).map(({ data }) => data?.order?.id ?? null);
    });
    expect(found).toEqual([...ofAda, null, ofBob]);
    expect(statements.sort()).toEqual(['orders.by-id', 'orders.lines']);
  });
});
