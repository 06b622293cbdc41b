import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guestDraft, placing, shopper } from '../testing/drafts.js';
import { customer, openTestOrders, type TestOrders } from '../testing/orders.js';
import { declined, reserved } from '../testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

/** An order that a guest has placed. */
async function placed() {
  const draft = await guestDraft(orders);
  await shopper(orders).placeDraft(placing({ token: draft.token }));
  return { orderId: draft.draftId, id: draft.id, token: draft.token };
}

type Payload = { order: { status: string } | null; userErrors: Array<{ code: string }> };

async function ask(name: 'payOrder' | 'cancelOrder', input: object, by: Identity = ANONYMOUS) {
  const type = name === 'payOrder' ? 'PayOrderInput' : 'CancelOrderInput';
  const source = `mutation($input: ${type}!) {
    ${name}(input: $input) { order { status } userErrors { code } } }`;
  const { data, errors } = await orders.ask<Record<string, Payload>>(source, { input }, by);
  const payload = data?.[name];
  return payload?.order?.status ?? payload?.userErrors[0]?.code ?? errors[0]?.extensions?.code;
}

it('is paid by another card after a decline, once per key', async () => {
  const { orderId, id, token } = await placed();
  await orders.advance(id, reserved(), declined(1));
  const input = { orderId, token, paymentMethod: 'pm_other', idempotencyKey: 'again' };
  expect([await ask('payOrder', input), await ask('payOrder', input)]).toEqual([
    'RESERVED',
    'RESERVED',
  ]);
  const history = await orders.history(id);
  expect(history.filter((type) => type === 'payment_requested')).toHaveLength(1);
  const [event] = await orders.as(ANONYMOUS).eventsAfter({ orderId: id, seq: history.length - 1 });
  expect(event).toMatchObject({ type: 'payment_requested', actor: 'guest:token' });
});

it('is called off with its token, which is no good for any other', async () => {
  const [mine, theirs] = [await placed(), await placed()];
  const { id } = await orders.place();
  for (const input of [
    { orderId: theirs.orderId, token: mine.token },
    { orderId: `Order_${id}`, token: mine.token },
    { orderId: mine.orderId, token: newId() },
    { orderId: mine.orderId, token: '' },
  ]) {
    expect(await ask('cancelOrder', input)).toBe('NOT_FOUND');
    expect(await ask('payOrder', { ...input, paymentMethod: 'pm_other' })).toBe('NOT_FOUND');
    expect(await ask('cancelOrder', input, customer())).toBe('NOT_FOUND');
  }
  expect(await ask('cancelOrder', { orderId: mine.orderId })).toBe('UNAUTHENTICATED');
  expect(await ask('cancelOrder', { orderId: mine.orderId, token: mine.token })).toBe('CANCELLING');
  expect(await orders.order(theirs.id)).toMatchObject({ status: 'PENDING' });
});

it("is not called off while it is a draft, nor by the token after it became an account's", async () => {
  const { draftId: orderId, token } = await guestDraft(orders);
  expect(await ask('cancelOrder', { orderId, token })).toBe('INVALID_STATE');
  await shopper(orders, customer()).mergeDraft({ token });
  expect(await ask('cancelOrder', { orderId, token })).toBe('NOT_FOUND');
});
