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
