import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userId } from '../present.js';
import { bare, codesOf, guestDraft, placing, shopper, unitsOf } from '../testing/drafts.js';
import { faultyHistories } from '../testing/histories.js';
import { customer, openTestOrders, product, STAFF, type TestOrders } from '../testing/orders.js';

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
const GUEST_ORDER = 'query($token: String!) { guestOrder(token: $token) { id } }';
const openedBy = async (token: string) =>
  (await orders.ask<{ guestOrder: { id: string } | null }>(GUEST_ORDER, { token })).data.guestOrder;

describe("a guest's draft", () => {
  it('becomes the cart of somebody who has none', async () => {
    const { me, mergeDraft, addDraftLines, placeDraft } = person();
    const { id, draftId, token } = await guestDraft(orders, 2);
    const merged = await mergeDraft({ token });
    expect(merged).toMatchObject({
      order: { id: draftId, status: 'DRAFT', customer: { id: userId.encode(me.userId) } },
      userErrors: [],
    });
    expect(await orders.history(id)).toEqual(['drafted', 'draft_merged']);
    expect(await openedBy(token)).toBe(null);
    expect(unitsOf(await addDraftLines({ lines: [] }))).toEqual(['2xA']);
    expect((await placeDraft(placing())).order).toMatchObject({ id: draftId, status: 'PENDING' });
    expect(await orders.order(id)).toMatchObject({ contactEmail: null, placedBy: me.userId });
  });

  it('is added to the cart that somebody has, and ends there', async () => {
    const { mergeDraft, createDraft } = person();
    const lines = [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 1 },
    ];
    const { order: cart } = await createDraft({ lines });
    const { id, token } = await guestDraft(orders, 3);
    const merged = await mergeDraft({ token });
    expect(merged.order).toMatchObject({ id: cart?.id, total: { amount: '42.50' } });
    expect(unitsOf(merged)).toEqual(['4xA', '1xB']);
    // What the cart did not say, the guest's did.
    expect(await orders.order(bare(cart))).toMatchObject({ seq: 2, customerId: expect.anything() });
    expect(await orders.order(id)).toMatchObject({ status: 'EXPIRED', reason: 'MERGED' });
    const { eventsAfter } = orders.as(STAFF);
    expect(await eventsAfter({ orderId: id, seq: 1 })).toMatchObject([
      { type: 'draft_closed', data: { into: bare(cart) } },
    ]);
    expect(await eventsAfter({ orderId: bare(cart), seq: 1 })).toMatchObject([
      { type: 'draft_merged', data: { from: id } },
    ]);
    expect(await openedBy(token)).toBe(null);
  });

  it('can be merged again without harm, also much later, and by nobody else', async () => {
    const { mergeDraft, createDraft, placeDraft } = person();
    const { order: cart } = await createDraft({ lines: [{ sku: 'B', quantity: 1 }] });
    const { token } = await guestDraft(orders);
    const first = await mergeDraft({ token });
    expect(await mergeDraft({ token })).toEqual(first);
    expect(codesOf(await person().mergeDraft({ token }))).toEqual(['NOT_FOUND token']);
    await placeDraft(placing());
    expect((await mergeDraft({ token })).order).toMatchObject({ id: cart?.id, status: 'PENDING' });
  });

  it('is counted once where it is merged twice at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { mergeDraft, createDraft } = person();
      if (round % 2) await createDraft({ lines: [{ sku: 'A', quantity: 1 }] });
      const { id, token } = await guestDraft(orders, 2);
      const answers = await Promise.all([mergeDraft({ token }), mergeDraft({ token })]);
      for (const answer of answers) expect(unitsOf(answer)).toEqual([round % 2 ? '3xA' : '2xA']);
      const history = await orders.history(id);
      expect(history).toEqual(['drafted', round % 2 ? 'draft_closed' : 'draft_merged']);
    }
  });

  it('goes to one of two people who want it at once', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [person(), person()];
      const { token } = await guestDraft(orders);
      const answers = await Promise.all([one.mergeDraft({ token }), other.mergeDraft({ token })]);
      expect(answers.map(codesOf).toSorted()).toEqual([[], ['NOT_FOUND token']]);
    }
  });

  it('leaves one cart, where several are merged while it begins', async () => {
    const { me, mergeDraft, addDraftLines } = person();
    const guests = await Promise.all([1, 2, 3].map(() => guestDraft(orders)));
    await Promise.all([
      ...guests.map(({ token }) => mergeDraft({ token })),
      addDraftLines({ lines: [{ sku: 'A', quantity: 1 }] }),
    ]);
    expect(unitsOf(await addDraftLines({ lines: [] }))).toEqual(['4xA']);
    const { db } = orders.as(me);
    const open = await db.query(
      'test.open',
      `select 1 from orders where customer_id = $1 and status = 'DRAFT'`,
      [me.userId],
    );
    expect(open).toHaveLength(1);
  });
});

describe('what cannot be merged', () => {
  it('is no token', async () => {
    expect(codesOf(await person().mergeDraft({ token: newId() }))).toEqual(['NOT_FOUND token']);
  });

  it('is what was placed, or thrown away', async () => {
    const [placed, discarded] = [await guestDraft(orders), await guestDraft(orders)];
    await shopper(orders).placeDraft(placing({ token: placed.token }));
    await shopper(orders).discardDraft({ token: discarded.token });
    for (const { token } of [placed, discarded])
      expect(codesOf(await person().mergeDraft({ token }))).toEqual(['INVALID_STATE draftId']);
  });

  it('is another currency, unless the cart is empty', async () => {
    const sku = newId();
    orders.products.set(sku, product(sku, 900, 'EUR'));
    const euro = () =>
      shopper(orders).createDraft({ currency: 'EUR', lines: [{ sku, quantity: 1 }] });
    const { createDraft, mergeDraft } = person();
    await createDraft({ lines: [{ sku: 'A', quantity: 1 }] });
    const token = (await euro()).token as string;
    expect(codesOf(await mergeDraft({ token }))).toEqual(['CURRENCY_MISMATCH token']);
    expect(await openedBy(token)).not.toBe(null);
    const other = person();
    await other.createDraft({});
    expect((await other.mergeDraft({ token })).order?.total).toEqual({
      amount: '9.00',
      currency: 'EUR',
    });
  });
});

it('is told by its history as it is stored', async () => {
  expect(await faultyHistories(orders.as(ANONYMOUS).db)).toEqual({});
});
