import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderId } from '../present.js';
import { customer, openTestOrders, type TestOrders } from '../testing/orders.js';
import { confirm } from '../testing/steps.js';

let orders: TestOrders;
const me = customer();
let id: string;
beforeAll(async () => {
  orders = await openTestOrders();
  id = orderId.encode((await confirm(orders, await orders.place({}, me))).id);
});
afterAll(() => orders.close());

interface Events {
  order: {
    events: {
      edges: Array<{ node: { seq: number; type: string; order: { status: string } } }>;
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  };
}

const EVENTS = `query($id: ID!, $first: Int, $after: String) { order(id: $id) {
  events(first: $first, after: $after) {
    edges { node { id seq type from to reason at actor { kind user { id } } orderId order { status } } }
    pageInfo { hasNextPage endCursor } } } }`;

const events = (variables: object = {}) => orders.ask<Events>(EVENTS, { id, ...variables }, me);

describe('the history of an order', () => {
  it('tells each step, oldest first, who took it, and where the order is now', async () => {
    const { data, errors } = await events();
    expect(errors).toEqual([]);
    const nodes = data.order.events.edges.map(({ node }) => node);
    expect(nodes.map(({ seq, type }) => `${seq} ${type}`)).toEqual([
      '1 PLACED',
      '2 VALIDATED',
      '3 RESERVED',
      '4 AUTHORIZED',
      '5 CONFIRMED',
    ]);
    expect(nodes[0]).toMatchObject({
      from: null,
      to: 'PENDING',
      orderId: id,
      actor: { kind: 'CUSTOMER', user: { id: `User_${me.userId}` } },
    });
    expect(nodes[1]).toMatchObject({ from: 'PENDING', actor: { kind: 'SYSTEM', user: null } });
    expect(new Set(nodes.map(({ order }) => order.status))).toEqual(new Set(['CONFIRMED']));
  });

  it('is walked page by page', async () => {
    const seen: number[] = [];
    let after: string | null = null;
    for (;;) {
      const { data }: { data: Events } = await events({ first: 2, after });
      const { edges, pageInfo } = data.order.events;
      seen.push(...edges.map(({ node }) => node.seq));
      after = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it.each(['k:x', 'k:99999999999', 'k:0.5', 'k:-1', '1'])('refuses the cursor %s', async (text) => {
    const { errors } = await events({ after: Buffer.from(text).toString('base64url') });
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});
