import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allOf, anOrder } from '../testing/payments.js';
import { customer, openTestSubgraph, STAFF, type TestSubgraph } from '../testing/subgraph.js';

let payments: TestSubgraph;

beforeAll(async () => {
  payments = await openTestSubgraph();
});

afterAll(() => payments.close());

const PAGE = `query ($first: Int, $after: String) {
  payments(first: $first, after: $after) {
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

const ONE = `query ($id: ID!) { payment(id: $id) {
  id state method provider failureCode createdAt
  amount { amount currency } authorized { amount } captured { amount } refunded { amount }
  refunds { id state reason createdAt amount { amount currency } }
} }`;

interface Page {
  payments: {
    edges: Array<{ cursor: string; node: { id: string } }>;
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  };
}

/** The id of the newest payment. */
async function newest(): Promise<string> {
  const { data } = await payments.ask<Page>(PAGE, { first: 1 }, STAFF);
  return data.payments.edges[0]?.node.id ?? '';
}

describe('staff of certain storefronts', () => {
  it('see payments of these, their books and lists, and of no others', async () => {
    const [here, there] = [newId(), newId()];
    const order = anOrder({ storefrontId: here });
    const other = anOrder({ storefrontId: there });
    await payments.subgraph.commands.authorizePayment([order, other]);
    await payments.subgraph.commands.capturePayment([allOf(order)]);
    const staffOf = (...realms: string[]): Identity => ({ ...STAFF, realms });
    const listed = async (identity: Identity) =>
      (await payments.ask<Page>(PAGE, {}, identity)).data.payments.edges.map(({ node }) => node.id);
    const [id = ''] = await listed(staffOf(here));
    expect(await listed(staffOf(here))).toHaveLength(1);
    expect(await listed(staffOf(here, there))).toHaveLength(2);
    expect(await listed(staffOf(newId()))).toEqual([]);
    const books = `query ($all: [_Any!]!) {
      _entities(representations: $all) { ... on Order { payments { id } ledger { account } } } }`;
    const all = [{ __typename: 'Order', id: `Order_${order.orderId}` }];
    const seen = async (identity: Identity) => [
      (await payments.ask<{ payment: object | null }>(ONE, { id }, identity)).data.payment !== null,
      (await payments.ask<{ _entities: unknown[] }>(books, { all }, identity)).data._entities[0],
    ];
    expect(await seen(staffOf(here))).toEqual([
      true,
      { payments: [{ id }], ledger: expect.arrayContaining([{ account: 'CUSTOMER_PAYMENTS' }]) },
    ]);
    expect(await seen(staffOf(there))).toEqual([false, { payments: [], ledger: [] }]);
  });
});

describe('payment(id)', () => {
  it('shows a payment and its refunds to its customer and to staff', async () => {
    const owner = customer();
    const { orderId } = await payments.paid(owner);
    const refund = { orderId, refundId: newId(), amount: 50, reason: 'broken' };
    await payments.subgraph.commands.refundPayment([refund]);
    const id = await newest();
    for (const identity of [owner, STAFF]) {
      const { data } = await payments.ask<{ payment: unknown }>(ONE, { id }, identity);
      expect(data.payment).toMatchObject({
        id,
        state: 'PARTIALLY_REFUNDED',
        method: 'pm_card_approve',
        provider: 'simulator',
        failureCode: null,
        amount: { amount: '10.50', currency: 'GBP' },
        authorized: { amount: '10.50' },
        captured: { amount: '10.50' },
        refunded: { amount: '0.50' },
        refunds: [
          {
            id: `PaymentRefund_${refund.refundId}`,
            state: 'REFUNDED',
            reason: 'broken',
            amount: { amount: '0.50', currency: 'GBP' },
          },
        ],
      });
    }
  });

  it('tells why a payment was declined', async () => {
    await payments.subgraph.commands.authorizePayment([anOrder({ method: 'pm_card_decline' })]);
    const id = await newest();
    const { data } = await payments.ask<{ payment: unknown }>(ONE, { id }, STAFF);
    expect(data.payment).toMatchObject({ state: 'DECLINED', failureCode: 'CARD_DECLINED' });
  });

  it("is null for somebody else's, unknown and malformed ids alike", async () => {
    await payments.paid(customer());
    const id = await newest();
    const unseen = [id, `Payment_${newId()}`, 'Payment_x', `Order_${newId()}`, ''];
    for (const identity of [customer(), ANONYMOUS]) {
      for (const each of unseen) {
        const answer = await payments.ask<{ payment: unknown }>(ONE, { id: each }, identity);
        expect(answer).toMatchObject({ data: { payment: null }, errors: undefined });
      }
    }
  });

  it('is what _entities answers too', async () => {
    const owner = customer();
    await payments.paid(owner);
    const id = await newest();
    const source = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Payment { id state } } }`;
    const of = { of: [{ __typename: 'Payment', id }] };
    const seen = await payments.ask<{ _entities: unknown[] }>(source, of, owner);
    expect(seen.data._entities).toEqual([{ id, state: 'CAPTURED' }]);
    const unseen = await payments.ask<{ _entities: unknown[] }>(source, of, customer());
    expect(unseen.data._entities).toEqual([null]);
  });
});

describe('payments', () => {
  it('are walked newest first, each once', async () => {
    for (let i = 0; i < 5; i++) await payments.paid(customer());
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Page } = await payments.ask<Page>(PAGE, { first: 2, after }, STAFF);
      expect(data.payments.pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...data.payments.edges.map(({ node }) => node.id));
      after = data.payments.pageInfo.hasNextPage ? data.payments.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(seen.toSorted().toReversed());
    expect(seen.length).toBeGreaterThanOrEqual(5);
  });

  it.each([
    ['anybody', ANONYMOUS, {}, 'UNAUTHENTICATED'],
    ['a customer', customer(), {}, 'FORBIDDEN'],
    ['too large a page', STAFF, { first: 101 }, 'BAD_USER_INPUT'],
    ['a foreign cursor', STAFF, { after: 'x' }, 'BAD_USER_INPUT'],
    [
      'a forged cursor',
      STAFF,
      { after: Buffer.from('k:x').toString('base64url') },
      'BAD_USER_INPUT',
    ],
  ])('refuse %s', async (_, identity, variables, code) => {
    const { errors } = await payments.ask(PAGE, variables, identity);
    expect(errors?.[0]?.extensions.code).toBe(code);
  });
});
