import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bare, codesOf, guestDraft, placing, shopper } from '../testing/drafts.js';
import { customer, openTestOrders, type TestOrders } from '../testing/orders.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const TTL = 3600;
const expire = (limit = 100) => orders.commands.expireDrafts({ ttlSeconds: TTL, limit });
const age = (orderId: string, seconds: number) =>
  orders
    .as(ANONYMOUS)
    .db.query(
      'test.age',
      'update drafts set touched_at = now() - make_interval(secs => $2) where order_id = $1',
      [orderId, seconds],
    );

it('ends what nobody has touched for so long by the clock of the database, and nothing else', async () => {
  const [due, fresh] = [await guestDraft(orders), await guestDraft(orders)];
  const placed = await guestDraft(orders);
  await shopper(orders).placeDraft(placing({ token: placed.token }));
  await age(due.id, TTL);
  await age(fresh.id, TTL - 60);
  expect(await expire()).toEqual({ expired: 1 });
  expect(await orders.order(due.id)).toMatchObject({ status: 'EXPIRED', reason: 'DRAFT_EXPIRED' });
  expect(await orders.order(fresh.id)).toMatchObject({ status: 'DRAFT' });
  expect(await orders.order(placed.id)).toMatchObject({ status: 'PENDING' });
  expect(await expire()).toEqual({ expired: 0 });
  const [event] = await orders.as(ANONYMOUS).eventsAfter({ orderId: due.id, seq: 1 });
  expect(event).toMatchObject({
    type: 'draft_closed',
    fromStatus: 'DRAFT',
    toStatus: 'EXPIRED',
    actor: 'service:clock',
  });
});

it('lets what is used live on', async () => {
  const { id, token } = await guestDraft(orders);
  await age(id, TTL);
  await shopper(orders).addDraftLines({ token, lines: [{ sku: 'A', quantity: 1 }] });
  expect(await expire()).toEqual({ expired: 0 });
});

it('takes the oldest first, no more than asked for, each once', async () => {
  const drafts = await Promise.all([1, 2, 3, 4].map(() => guestDraft(orders)));
  for (const [i, { id }] of drafts.entries()) await age(id, TTL + 10 * i);
  expect(await expire(1)).toEqual({ expired: 1 });
  expect((await orders.order(drafts[3]?.id ?? '')).status).toBe('EXPIRED');
  const [one, other] = await Promise.all([expire(), expire()]);
  expect(one.expired + other.expired).toBe(3);
});

it('either ends a draft or sees that it was touched at that moment', async () => {
  for (let round = 0; round < 8; round++) {
    const { id, token } = await guestDraft(orders);
    await age(id, TTL);
    const lines = [{ sku: 'B', quantity: 1 }];
    const [{ expired }, added] = await Promise.all([
      expire(),
      shopper(orders).addDraftLines({ token, lines }),
    ]);
    expect(codesOf(added)).toEqual(expired ? ['INVALID_STATE draftId'] : []);
    expect((await orders.order(id)).status).toBe(expired ? 'EXPIRED' : 'DRAFT');
  }
});

it('leaves room for a new cart', async () => {
  const { addDraftLines } = shopper(orders, customer());
  const lines = [{ sku: 'A', quantity: 1 }];
  const before = bare((await addDraftLines({ lines })).order);
  await age(before, TTL);
  await expire();
  expect(bare((await addDraftLines({ lines })).order)).not.toBe(before);
});
