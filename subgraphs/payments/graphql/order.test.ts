import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer, openTestSubgraph, STAFF, type TestSubgraph } from '../testing/subgraph.js';

let payments: TestSubgraph;

beforeAll(async () => {
  payments = await openTestSubgraph();
});

afterAll(() => payments.close());

const ORDERS = `query ($orders: [_Any!]!) {
  _entities(representations: $orders) {
    ... on Order { id payments { id state captured { amount currency } refunds { id } } }
  }
}`;

interface Entities {
  _entities: Array<{ id: string; payments: Array<{ id: string; state: string }> }>;
}

function representations(...orderIds: string[]) {
  return { orders: orderIds.map((id) => ({ __typename: 'Order', id })) };
}

describe('the payments of an order', () => {
  it('are there for the customer who paid, and for staff', async () => {
    const owner = customer();
    const { orderId } = await payments.paid(owner);
    for (const identity of [owner, STAFF]) {
      const asked = representations(`Order_${orderId}`);
      const { data } = await payments.ask<Entities>(ORDERS, asked, identity);
      expect(data._entities[0]).toMatchObject({
        id: `Order_${orderId}`,
        payments: [{ state: 'CAPTURED', captured: { amount: '10.50', currency: 'GBP' } }],
      });
    }
  });

  it("look to anybody else like those of an order that doesn't exist", async () => {
    const { orderId } = await payments.paid(customer());
    const asked = representations(`Order_${orderId}`, `Order_${newId()}`, 'Order_x', 'nonsense');
    for (const identity of [customer(), ANONYMOUS]) {
      const { data, errors } = await payments.ask<Entities>(ORDERS, asked, identity);
      expect(errors).toBeUndefined();
      expect(data._entities.map((order) => order.payments)).toEqual([[], [], [], []]);
    }
  });

  it('of many orders, with their refunds, cost two reads', async () => {
    const owner = customer();
    const paid = await Promise.all(Array.from({ length: 10 }, () => payments.paid(owner)));
    const asked = representations(...paid.map(({ orderId }) => `Order_${orderId}`));
    const { data, reads } = await payments.ask<Entities>(ORDERS, asked, owner);
    expect(data._entities.flatMap((order) => order.payments)).toHaveLength(10);
    expect(reads).toBe(2);
  });
});

const BOOKS = `query ($orders: [_Any!]!) {
  _entities(representations: $orders) {
    ... on Order {
      payments { captures { state failureCode amount { amount } } }
      ledger { transferId account amount { amount currency } }
    }
  }
}`;

interface Books {
  _entities: Array<{
    payments: Array<{ captures: unknown[] }>;
    ledger: Array<{ transferId: string; account: string; amount: { amount: string } }> | null;
  }>;
}

describe('the books of an order', () => {
  it('tell staff of each capture and refund what it did to which account', async () => {
    const { orderId } = await payments.paid(customer());
    const refund = { orderId, refundId: newId(), amount: 50, reason: 'broken' };
    await payments.subgraph.commands.refundPayment([refund]);
    const asked = representations(`Order_${orderId}`);
    const { data } = await payments.ask<Books>(BOOKS, asked, STAFF);
    const [order] = data._entities;
    const entries = order?.ledger?.map(({ account, amount }) => [account, amount.amount]);
    expect(entries).toEqual([
      ['PROVIDER_RECEIVABLE', '10.50'],
      ['CUSTOMER_PAYMENTS', '-10.50'],
      ['REFUNDS', '0.50'],
      ['PROVIDER_RECEIVABLE', '-0.50'],
    ]);
    expect(new Set(order?.ledger?.map(({ transferId }) => transferId)).size).toBe(2);
    const taken = { state: 'CAPTURED', failureCode: null, amount: { amount: '10.50' } };
    expect(order?.payments).toEqual([{ captures: [taken] }]);
  });

  it('are none of the business of others, the customer included', async () => {
    const owner = customer();
    const { orderId } = await payments.paid(owner);
    for (const identity of [owner, customer(), ANONYMOUS]) {
      const { data } = await payments.ask<Books>(
        BOOKS,
        representations(`Order_${orderId}`),
        identity,
      );
      expect(data._entities[0]?.ledger).toBeNull();
    }
  });
});
