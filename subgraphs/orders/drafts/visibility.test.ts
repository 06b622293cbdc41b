import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderFeed } from '../order-feed.js';
import { guestOrderUpdates } from '../order-updates.js';
import { orderId } from '../present.js';
import { bare, codesOf, guestDraft, placing, shopper, unitsOf } from '../testing/drafts.js';
import { customer, openTestOrders, STAFF, type TestOrders } from '../testing/orders.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
  await orders.subgraph.start();
});
afterAll(() => orders.close());

const guestUpdates = (token: string) => guestOrderUpdates(orders.as(ANONYMOUS), token, 0);
const lines = [{ sku: 'A', quantity: 1 }];
const list = async (by: Identity, filter: object = {}) => {
  const source = `query($filter: OrderFilter) { orders(first: 100, filter: $filter) { edges { node { id number placedAt } } } }`;
  type Data = { orders: { edges: Array<{ node: { id: string; placedAt: string | null } }> } };
  const { data } = await orders.ask<Data>(source, { filter }, by);
  return data.orders.edges.map(({ node }) => node);
};

describe("somebody else's draft", () => {
  it.each(['addDraftLines', 'setDraftLines', 'updateDraft', 'placeDraft', 'discardDraft'] as const)(
    '%s finds nothing there, nor with a token that is wrong or of another',
    async (name) => {
      const owner = customer();
      const { order } = await shopper(orders, owner).createDraft({ lines });
      const [mine, theirs] = [await guestDraft(orders), await guestDraft(orders)];
      const input = {
        addDraftLines: { lines },
        setDraftLines: { lines },
        updateDraft: { paymentMethod: 'pm_mine' },
        placeDraft: placing(),
        discardDraft: {},
      }[name];
      const attempts: Array<[Identity, object]> = [
        [customer(), { draftId: order?.id }],
        [ANONYMOUS, { draftId: order?.id }],
        [ANONYMOUS, {}],
        [ANONYMOUS, { draftId: theirs.draftId }],
        [customer(), { draftId: theirs.draftId }],
        [ANONYMOUS, { token: newId() }],
        [ANONYMOUS, { token: '' }],
        [ANONYMOUS, { draftId: theirs.draftId, token: mine.token }],
        [ANONYMOUS, { draftId: order?.id, token: mine.token }],
        [customer(), { draftId: 'nonsense' }],
        [STAFF, { draftId: orderId.encode(newId()) }],
      ];
      for (const [identity, ref] of attempts) {
        const answer = await shopper(orders, identity)[name]({ ...input, ...ref });
        expect(answer.order).toBe(null);
        expect(codesOf(answer)).toEqual(['NOT_FOUND draftId']);
      }
      for (const id of [bare(order), mine.id, theirs.id])
        expect(await orders.history(id)).toEqual(['drafted']);
    },
  );

  it('an order that never was a draft is none', async () => {
    const me = customer();
    const { id } = await orders.place({}, me);
    const answer = await shopper(orders, me).addDraftLines({ draftId: orderId.encode(id), lines });
    expect(codesOf(answer)).toEqual(['NOT_FOUND draftId']);
  });

  it('is open to staff, who need no token', async () => {
    const { draftId } = await guestDraft(orders);
    const answer = await shopper(orders, STAFF).addDraftLines({ draftId, lines });
    expect(unitsOf(answer)).toEqual(['2xA']);
  });
});

describe('a token', () => {
  const GUEST = `query($token: String!) { guestOrder(token: $token) { id status contactEmail
    lines { sku } events { edges { node { type actor { kind } order { status } } } } } }`;

  it('opens its order with its history, before and after it is placed, and no other', async () => {
    const { draftId, token } = await guestDraft(orders);
    await guestDraft(orders);
    const ask = () => orders.ask<{ guestOrder: object }>(GUEST, { token });
    expect(await ask()).toMatchObject({
      errors: [],
      data: {
        guestOrder: {
          id: draftId,
          status: 'DRAFT',
          contactEmail: 'guest@example.com',
          lines: [{ sku: 'A' }],
          events: {
            edges: [{ node: { type: 'DRAFTED', actor: { kind: 'CUSTOMER' } } }],
          },
        },
      },
    });
    await shopper(orders).placeDraft(placing({ token }));
    expect((await ask()).data.guestOrder).toMatchObject({ status: 'PENDING' });
    const { data } = await orders.ask<{ order: null }>(
      'query($id: ID!) { order(id: $id) { id } }',
      {
        id: draftId,
      },
    );
    expect(data.order).toBe(null);
    for (const wrong of ['', newId(), `${token}x`])
      expect((await orders.ask(GUEST, { token: wrong })).data).toEqual({ guestOrder: null });
  });

  it('is stored as a hash only', async () => {
    const { token } = await guestDraft(orders);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const { db } = orders.as(STAFF);
    for (const table of [
      'orders',
      'order_events',
      'outbox',
      'drafts',
      'guest_tokens',
      'idempotency_keys',
    ]) {
      const rows = await db.query(
        `test.${table}`,
        `select to_jsonb(t)::text as row from ${table} t`,
      );
      expect(JSON.stringify(rows)).not.toContain(token);
    }
  });

  it("follows its order live, until the draft becomes somebody else's", async () => {
    const { token } = await guestDraft(orders);
    const subscription = await guestUpdates(token);
    expect(await subscription.next()).toMatchObject({ value: { type: 'drafted' } });
    await shopper(orders).addDraftLines({ token, lines });
    expect(await subscription.next()).toMatchObject({ value: { type: 'draft_changed' } });
    await shopper(orders, customer()).mergeDraft({ token });
    await expect(subscription.next()).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    await expect(guestUpdates(newId())).rejects.toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    });
  });

  it('has keys of its own: two guests may choose the same', async () => {
    const [one, other] = [await guestDraft(orders), await guestDraft(orders)];
    const add = ({ token }: { token: string }) =>
      shopper(orders).addDraftLines({ token, lines, idempotencyKey: 'first' });
    expect(unitsOf(await add(one))).toEqual(['2xA']);
    expect(unitsOf(await add(other))).toEqual(['2xA']);
    expect(unitsOf(await add(one))).toEqual(['2xA']);
    const keyed = await shopper(orders).createDraft({ lines, idempotencyKey: 'first' });
    expect(codesOf(keyed)).toEqual(['INVALID_INPUT idempotencyKey']);
  });
});

describe('a list of orders', () => {
  it('has drafts only where their status is named, and never what ended as one', async () => {
    const me = customer();
    const mine = shopper(orders, me);
    orders.people.add(me.userId);
    await mine.createDraft({ lines });
    await mine.discardDraft();
    const { order: open } = await mine.createDraft({ lines, paymentMethod: 'pm_card_approve' });
    const placed = orderId.encode((await orders.place({}, me)).id);
    expect((await list(me)).map(({ id }) => id)).toEqual([placed]);
    const drafts = await list(me, { status: ['DRAFT'] });
    expect(drafts).toEqual([{ id: open?.id, number: null, placedAt: null }]);
    expect(await list(me, { status: ['EXPIRED'] })).toEqual([]);
    expect((await list(me, { status: ['DRAFT', 'PENDING'] })).map(({ id }) => id)).toEqual([
      open?.id,
      placed,
    ]);
    const since = { status: ['DRAFT', 'PENDING'], placedFrom: '2020-01-01T00:00:00Z' };
    expect((await list(me, since)).map(({ id }) => id)).toEqual([placed]);
    await mine.placeDraft(placing());
    expect((await list(me)).map(({ id }) => id)).toEqual([open?.id, placed]);
  });

  it('tells staff who watch all orders of drafts only where they ask', async () => {
    const context = orders.as(STAFF);
    const [all, drafts] = [
      await orderFeed(context, undefined),
      await orderFeed(context, ['DRAFT']),
    ];
    const { id, token } = await guestDraft(orders);
    await shopper(orders).discardDraft({ token });
    const placed = await orders.place();
    const readUntil = async (feed: typeof all, orderId: string) => {
      for (const told: string[] = []; ; ) {
        const { value } = await feed.next();
        told.push(value?.type ?? 'end');
        if (!value || value.orderId === orderId) return told;
      }
    };
    // Orders of earlier tests may still be told of.
    expect(await readUntil(all, placed.id)).not.toContainEqual(expect.stringContaining('draft'));
    expect((await readUntil(drafts, id)).at(-1)).toBe('drafted');
    await Promise.all([all.return(), drafts.return()]);
  });
});

it('is thrown away once, and that is final', async () => {
  const { id, token } = await guestDraft(orders);
  const guest = shopper(orders);
  for (let i = 0; i < 2; i++)
    expect(await guest.discardDraft({ token })).toMatchObject({
      order: { status: 'EXPIRED', reason: 'DISCARDED' },
      userErrors: [],
    });
  expect(await orders.history(id)).toEqual(['drafted', 'draft_closed']);
  expect(codesOf(await guest.placeDraft(placing({ token })))).toEqual(['INVALID_STATE draftId']);
  const placed = await guestDraft(orders);
  await guest.placeDraft(placing({ token: placed.token }));
  expect(codesOf(await guest.discardDraft({ token: placed.token }))).toEqual([
    'INVALID_STATE draftId',
  ]);
});
