import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../support/client.js';
import { placed } from '../../support/orders.js';
import { type Customer, openShop, type Shop } from '../../support/shop.js';

describe("someone else's order", () => {
  let shop: Shop;
  let owner: Customer;
  let stranger: Customer;
  let theirs: string;
  const missing = `Order_${randomUUID()}`;

  beforeAll(async () => {
    shop = await openShop();
    [owner, stranger] = await Promise.all([shop.customer(), shop.customer()]);
    theirs = await placed(owner, { lines: [{ sku: await shop.product(), quantity: 1 }] });
  });
  afterAll(() => shop?.close());

  /** What a person is told of an order that is another's, beside what they are told of one that is not there. */
  async function both(ask: (id: string) => Promise<unknown>) {
    const [real, made] = await Promise.all([ask(theirs), ask(missing)]);
    return { real: withoutTraces(real), made: withoutTraces(made) };
  }

  /** Two answers may differ in the ids that they were asked with and in the request's own. */
  function withoutTraces(answer: unknown): unknown {
    const text = JSON.stringify(answer) ?? 'undefined';
    return text
      .replaceAll(theirs, '<order>')
      .replaceAll(missing, '<order>')
      .replace(/"requestId":"[^"]+"/g, '"requestId":"<id>"');
  }

  it.each([
    ['order(id)', '{ order(id: $id) { id status total { amount } payments { state } } }'],
    ['node(id)', '{ node(id: $id) { id ... on Order { status payments { state } } } }'],
    ['nodes(ids)', '{ nodes(ids: [$id]) { id ... on Order { status } } }'],
  ])('looks like none in %s', async (_, query) => {
    const asking = (who: Client) => (id: string) => who.answer(`query ($id: ID!) ${query}`, { id });
    for (const who of [stranger, shop.nobody]) {
      const { real, made } = await both(asking(who));
      expect(real).toBe(made);
      expect(real).not.toContain('PENDING');
    }
    expect(JSON.stringify(await asking(owner)(theirs))).toContain('status');
  });

  it('looks like none in a subscription', async () => {
    const { real, made } = await both(async (orderId) => {
      const subscription = await stranger.subscribe(
        'subscription ($orderId: ID!) { orderUpdates(orderId: $orderId) { seq } }',
        { orderId },
      );
      const message = await subscription.message();
      await subscription.close();
      return message;
    });
    expect(real).toBe(made);
    expect(real).toContain('NOT_FOUND');
  });

  it('cannot be cancelled, and is not to be found when trying', async () => {
    const { real, made } = await both((orderId) =>
      stranger.answer(
        `mutation ($orderId: ID!) {
           cancelOrder(input: { orderId: $orderId }) { order { id } userErrors { code message } }
         }`,
        { orderId },
      ),
    );
    expect(real).toBe(made);
    expect(real).toContain('NOT_FOUND');
  });
});
