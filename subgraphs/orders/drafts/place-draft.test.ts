import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOrder } from '../place-order.js';
import { userId } from '../present.js';
import { bare, codesOf, guestDraft, placing, shopper } from '../testing/drafts.js';
import { faultyHistories } from '../testing/histories.js';
import {
  customer,
  openTestOrders,
  placement,
  product,
  STAFF,
  type TestOrders,
} from '../testing/orders.js';
import { confirm } from '../testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const A = { sku: 'A', quantity: 1 };

/** A cart of one `A` that can be placed. */
async function filled(lines = [A]) {
  const me = customer();
  orders.people.add(me.userId);
  const mine = shopper(orders, me);
  const { order } = await mine.createDraft({ lines, paymentMethod: 'pm_card_approve' });
  return { me, draftId: order?.id as string, id: bare(order), ...mine };
}

const count = async (orderId: string, type: string) =>
  (await orders.history(orderId)).filter((each) => each === type).length;

describe('placing a draft', () => {
  it('makes an order of it that goes its way like any other', async () => {
    const { me, id, placeDraft } = await filled();
    const answer = await placeDraft(placing({ expectedTotal: '10.00' }));
    expect(answer).toMatchObject({ order: { status: 'PENDING', quote: null }, userErrors: [] });
    const row = await orders.order(id);
    expect(row).toMatchObject({ seq: 2, total: 1000, placedBy: me.userId, customerId: me.userId });
    expect(Math.abs(Date.now() - row.placedAt.getTime())).toBeLessThan(60_000);
    const [event] = await orders.as(me).eventsAfter({ orderId: id, seq: 1 });
    expect(event).toMatchObject({
      type: 'placed',
      fromStatus: 'DRAFT',
      toStatus: 'PENDING',
      actor: `user:${me.userId}`,
      data: { seq: 2, items: [A], notify: true, customerId: me.userId },
    });
    expect(await confirm(orders, row)).toMatchObject({ status: 'CONFIRMED', captured: 1000 });
    expect(await orders.history(id)).toEqual([
      'drafted',
      'placed',
      'validated',
      'reserved',
      'authorized',
      'confirmed',
    ]);
  });

  it('gives it the next number, and a new cart can begin', async () => {
    const { id, placeDraft, addDraftLines } = await filled();
    const before = (await orders.place()).number;
    const { order } = await placeDraft(placing());
    expect(Number(order?.number)).toBeGreaterThan(before);
    const next = await addDraftLines({ lines: [A] });
    expect(bare(next.order)).not.toBe(id);
  });

  it('takes the prices of that moment', async () => {
    const sku = newId();
    orders.products.set(sku, product(sku, 100));
    const { id, placeDraft } = await filled([{ sku, quantity: 3 }]);
    orders.products.set(sku, { ...product(sku, 120), title: 'Renamed' });
    const { order } = await placeDraft(placing());
    expect(order).toMatchObject({
      total: { amount: '3.60' },
      lines: [{ unitPrice: { amount: '1.20' } }],
    });
    orders.products.set(sku, product(sku, 500));
    expect(await orders.order(id)).toMatchObject({ total: 360 });
  });

  it('is refused where it costs something else than was shown, and shows what', async () => {
    const sku = newId();
    orders.products.set(sku, product(sku, 100));
    const { id, placeDraft } = await filled([{ sku, quantity: 1 }]);
    orders.products.set(sku, product(sku, 120));
    const answer = await placeDraft(placing({ expectedTotal: '1.00' }));
    expect(codesOf(answer)).toEqual(['PRICE_CHANGED expectedTotal']);
    expect(answer.order).toMatchObject({
      status: 'DRAFT',
      quote: { total: { amount: '1.20' }, lines: [{ priceChanged: true }] },
    });
    expect(await orders.history(id)).toEqual(['drafted']);
    const again = await placeDraft(placing({ expectedTotal: answer.order?.quote?.total.amount }));
    expect(again.order?.status).toBe('PENDING');
  });

  it('is refused where not enough is left, and stays a draft', async () => {
    const sku = newId();
    orders.products.set(sku, { ...product(sku, 100), available: 2 });
    const { placeDraft } = await filled([{ sku, quantity: 3 }]);
    const key = placing();
    const answer = await placeDraft(key);
    expect(codesOf(answer)).toEqual(['OUT_OF_STOCK lines.0.quantity']);
    expect(answer.order?.status).toBe('DRAFT');
    orders.products.set(sku, { ...product(sku, 100), available: 3 });
    expect((await placeDraft(key)).order?.status).toBe('PENDING');
  });

  it('is refused where it is empty, unpayable, or the customer is gone', async () => {
    const me = customer();
    const { createDraft, placeDraft } = shopper(orders, me);
    await createDraft({});
    expect(codesOf(await placeDraft(placing()))).toEqual([
      'EMPTY_ORDER lines',
      'INVALID_INPUT paymentMethod',
      'UNKNOWN_CUSTOMER customerId',
    ]);
    await createDraft({ lines: [A], paymentMethod: 'pm_card_approve' });
    expect(codesOf(await placeDraft(placing()))).toEqual(['UNKNOWN_CUSTOMER customerId']);
    expect(codesOf(await placeDraft({ idempotencyKey: '' }))).toEqual([
      'INVALID_INPUT idempotencyKey',
    ]);
  });

  it('is paid when the shop wants it, as any other order', async () => {
    const shop = await openTestOrders(orders.url, 'SHIPMENT');
    const me = customer();
    shop.people.add(me.userId);
    const mine = shopper(shop, me);
    const { order } = await mine.createDraft({ lines: [A], paymentMethod: 'pm_card_approve' });
    expect(codesOf(await mine.placeDraft(placing()))).toEqual([]);
    expect(await shop.order(bare(order))).toMatchObject({ captureOn: 'SHIPMENT' });
    expect((await shop.place()).captureOn).toBe('SHIPMENT');
    await shop.close();
  });

  it('is paid by several payments where they are named', async () => {
    const { id, placeDraft } = await filled();
    const part = (amount: string) => ({ method: 'pm_card_approve', amount });
    const short = await placeDraft(placing({ payments: [part('4.00')] }));
    expect(codesOf(short)).toEqual(['PAYMENTS_MISMATCH payments']);
    await placeDraft(placing({ payments: [part('4.00'), part('6.00')] }));
    expect(await orders.order(id)).toMatchObject({
      status: 'PENDING',
      payments: [{ amount: 400 }, { amount: 600 }],
    });
  });

  it('keeps what staff named, also when they place it for a customer', async () => {
    const { me } = await filled();
    const staff = shopper(orders, STAFF);
    const { order } = await staff.createDraft({
      lines: [{ ...A, quotedUnitPrice: '7.00' }],
      charges: [{ code: 'POST', title: 'Postage', unitPrice: '3.00' }],
      customerId: userId.encode(me.userId),
      paymentMethod: 'pm_card_approve',
    });
    const placed = await staff.placeDraft(placing({ draftId: order?.id, expectedTotal: '10' }));
    expect(placed.order).toMatchObject({ status: 'PENDING', total: { amount: '10.00' } });
    expect(await orders.order(bare(order))).toMatchObject({
      placedBy: STAFF.userId,
      customerId: me.userId,
    });
  });
});

describe('one key', () => {
  it('places once, however often it is asked, with or without the id', async () => {
    const { id, draftId, placeDraft } = await filled();
    const input = placing({ draftId });
    const answers = await Promise.all([1, 2, 3].map(() => placeDraft(input)));
    for (const answer of answers)
      expect(answer).toMatchObject({ order: { id: draftId, status: 'PENDING' }, userErrors: [] });
    expect(await count(id, 'placed')).toBe(1);
    for (let round = 0; round < 5; round++) {
      const cart = await filled();
      const mine = placing();
      const both = [...(await Promise.all([cart.placeDraft(mine), cart.placeDraft(mine)]))];
      for (const answer of [...both, await cart.placeDraft(mine)])
        expect(answer).toMatchObject({ order: { id: cart.draftId }, userErrors: [] });
    }
  });

  it('belongs to one request', async () => {
    const { draftId, placeDraft, createDraft } = await filled();
    const input = placing({ draftId });
    await placeDraft(input);
    const conflict = ['IDEMPOTENCY_CONFLICT idempotencyKey'];
    expect(codesOf(await placeDraft({ ...input, expectedTotal: '10.00' }))).toEqual(conflict);
    const { order } = await createDraft({ lines: [A], paymentMethod: 'pm_card_approve' });
    const next = await placeDraft({ ...input, draftId: order?.id });
    expect(codesOf(next)).toEqual(conflict);
    expect(await orders.order(bare(order))).toMatchObject({ status: 'DRAFT' });
  });

  it('is shared with placeOrder, also at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { me, id, draftId, placeDraft } = await filled();
      const key = newId();
      const [placed, drafted] = await Promise.all([
        placeOrder(orders.as(me), me, placement({ idempotencyKey: key })),
        placeDraft({ draftId, idempotencyKey: key }),
      ]);
      const byDraft = drafted.userErrors.length === 0;
      expect((placed.order === null || placed.order.id === id) === byDraft).toBe(true);
      expect((await orders.order(id)).status).toBe(byDraft ? 'PENDING' : 'DRAFT');
    }
  });

  it('of another request finds that it is a draft no more', async () => {
    const { draftId, placeDraft, addDraftLines } = await filled();
    await placeDraft(placing());
    expect(codesOf(await placeDraft(placing({ draftId })))).toEqual(['INVALID_STATE draftId']);
    expect(codesOf(await addDraftLines({ draftId, lines: [A] }))).toEqual([
      'INVALID_STATE draftId',
    ]);
    expect(codesOf(await placeDraft(placing()))).toEqual(['NOT_FOUND draftId']);
  });
});

it('is priced anew where it is changed while it is being placed', async () => {
  for (let round = 0; round < 8; round++) {
    const { id, draftId, placeDraft, addDraftLines } = await filled();
    const [placed, added] = await Promise.all([
      placeDraft(placing({ draftId, expectedTotal: '10.00' })),
      addDraftLines({ draftId, lines: [A] }),
    ]);
    const row = await orders.order(id);
    if (placed.userErrors.length === 0) {
      // Whatever came too late was refused.
      expect(row).toMatchObject({ status: 'PENDING', total: 1000 });
      expect(codesOf(added)).toEqual(['INVALID_STATE draftId']);
    } else {
      expect(codesOf(placed)).toEqual(['PRICE_CHANGED expectedTotal']);
      expect(row).toMatchObject({ status: 'DRAFT', total: 2000 });
    }
  }
});

it('a guest places with the token, and not without an address for mail', async () => {
  const { id, token } = await guestDraft(orders);
  const guest = shopper(orders);
  await guest.updateDraft({ token, contactEmail: null });
  expect(codesOf(await guest.placeDraft(placing({ token })))).toEqual([
    'INVALID_INPUT contactEmail',
  ]);
  await guest.updateDraft({ token, contactEmail: 'guest@example.com' });
  const input = placing({ token });
  const answers = await Promise.all([guest.placeDraft(input), guest.placeDraft(input)]);
  for (const { order } of answers) expect(order?.status).toBe('PENDING');
  expect(await orders.order(id)).toMatchObject({ placedBy: null, customerId: null });
  expect(await count(id, 'placed')).toBe(1);
  const [event] = await orders.as(STAFF).eventsAfter({ orderId: id, seq: 3 });
  expect(event).toMatchObject({ actor: 'guest:token', data: { notify: true, customerId: null } });
  expect(await orders.commands.describeOrder({ orderId: id })).toMatchObject({
    guest: { name: 'there', email: 'guest@example.com' },
  });
});

it('is told by its history as it is stored', async () => {
  expect(await faultyHistories(orders.as(ANONYMOUS).db)).toEqual({});
});
