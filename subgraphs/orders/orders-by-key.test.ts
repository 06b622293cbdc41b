import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderId } from './present.js';
import { customer, openTestOrders, STAFF, type TestOrders } from './testing/orders.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

interface Listed {
  orders: { edges: Array<{ node: { id: string; idempotencyKey: string | null } }> };
}

const LIST = `query ($filter: OrderFilter) {
  orders(filter: $filter) { edges { node { id idempotencyKey } } }
}`;

async function listed(by: Parameters<TestOrders['ask']>[2], filter: object | null) {
  const { data } = await orders.ask<Listed>(LIST, { filter }, by);
  return data.orders.edges.map(({ node }) => node);
}

describe('orders by the keys they were placed under', () => {
  it('finds those that the asker placed, and passes over keys never used', async () => {
    const me = customer();
    const mine = await orders.place({ idempotencyKey: 'cart-1' }, me);
    await orders.place({ idempotencyKey: 'cart-2' }, me);
    expect(await listed(me, { idempotencyKeys: ['cart-1', 'cart-9'] })).toEqual([
      { id: orderId.encode(mine.id), idempotencyKey: 'cart-1' },
    ]);
  });

  it('finds nobody else’s order, for the same key may be used by anyone', async () => {
    await orders.place({ idempotencyKey: 'cart-1' }, customer());
    expect(await listed(customer(), { idempotencyKeys: ['cart-1'] })).toEqual([]);
    expect(await listed(STAFF, { idempotencyKeys: ['cart-1'] })).toEqual([]);
  });

  it('shows a key to who chose it and to nobody else', async () => {
    const me = customer();
    const { id } = await orders.place({ idempotencyKey: 'secret-7' }, me);
    const keyFor = async (by: typeof me) =>
      (await listed(by, null)).find((node) => node.id === orderId.encode(id))?.idempotencyKey;
    expect(await keyFor(me)).toBe('secret-7');
    expect(await keyFor(STAFF)).toBeNull();
  });

  it('filters one customer’s orders too', async () => {
    const me = customer();
    const { id } = await orders.place({ idempotencyKey: 'cart-5' }, me);
    await orders.place({ idempotencyKey: 'cart-6' }, me);
    const query = `query ($representations: [_Any!]!, $filter: OrderFilter) {
      _entities(representations: $representations) {
        ... on User { orders(filter: $filter) { edges { node { id idempotencyKey } } } }
      }
    }`;
    const representations = [{ __typename: 'User', id: `User_${me.userId}` }];
    const filter = { idempotencyKeys: ['cart-5'] };
    const { data } = await orders.ask<{ _entities: Listed[] }>(
      query,
      { representations, filter },
      me,
    );
    expect(data._entities[0]?.orders.edges).toMatchObject([{ node: { id: orderId.encode(id) } }]);
  });
});
