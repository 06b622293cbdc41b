import { readFileSync } from 'node:fs';
import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fulfillmentId } from '../fulfillments/types.js';
import { orderId } from '../present.js';
import { shopper } from '../testing/drafts.js';
import { customer, openTestOrders, STAFF, type TestOrders } from '../testing/orders.js';
import { confirm, leave } from '../testing/steps.js';
import { type ActionState, ORDER_ACTIONS, type OrderAction } from './actions.js';

/** The operation as the documentation has it. */
const page = readFileSync(new URL('../../../docs/order-lifecycle.md', import.meta.url), 'utf8');
const OPERATION = /```graphql\n(query OrderActions[^`]*)```/.exec(page)?.[1] as string;

const SOME = `query($id: ID!, $only: [OrderAction!]) { order(id: $id) { actions(only: $only) {
  action mutation allowed code reason nextStep } } }`;

interface Told {
  order: { actions: ActionState[] };
}

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

async function stateOf(id: string, action: OrderAction, by: Identity): Promise<ActionState> {
  const { data, errors } = await orders.ask<Told>(SOME, { id, only: [action] }, by);
  expect(errors).toEqual([]);
  return data.order.actions[0] as ActionState;
}

const change = (mutation: string, type: string, input: object, by: Identity) =>
  orders.ask<Record<string, { userErrors: Array<{ code: string; message: string }> }>>(
    `mutation($input: ${type}!) { ${mutation}(input: $input) { userErrors { code message } } }`,
    { input },
    by,
  );

describe('the actions of an order', () => {
  it('are told by the operation in the documentation, to its customer and to staff', async () => {
    const me = customer();
    const id = orderId.encode((await orders.place({}, me)).id);
    const ask = async (by: Identity) => {
      const { data, errors } = await orders.ask<Told>(OPERATION, { id }, by);
      expect(errors).toEqual([]);
      return data.order.actions;
    };
    const mine = await ask(me);
    expect(mine.filter(({ allowed }) => allowed).map(({ action }) => action)).toEqual(['CANCEL']);
    expect(mine.find(({ action }) => action === 'PAY')).toEqual({
      action: 'PAY',
      mutation: 'payOrder',
      allowed: false,
      code: 'BEING_CHECKED',
      reason: 'Its goods are being checked and held.',
      nextStep: 'Wait a moment.',
    });
    expect((await ask(STAFF)).length).toBeGreaterThan(mine.length);
  });

  it('are what the mutations do, in the same words', async () => {
    const me = customer();
    const { id: uuid } = await confirm(orders, await orders.place({}, me));
    const id = orderId.encode(uuid);
    expect(await stateOf(id, 'CREATE_FULFILLMENT', STAFF)).toMatchObject({ allowed: true });
    await change('createFulfillment', 'CreateFulfillmentInput', { orderId: id }, STAFF);
    const [packed] = await orders.as(STAFF).loaders.fulfillments.load(uuid);
    expect(await stateOf(id, 'CANCEL', STAFF)).toMatchObject({ allowed: true });
    expect(await stateOf(id, 'CANCEL', me)).toMatchObject({ allowed: false, code: 'STAFF_ONLY' });
    const parcel = fulfillmentId.encode(packed?.id as string);
    const tracking = { fulfillmentId: parcel, carrier: 'DHL', trackingNumber: 'JD01' };
    await change('shipFulfillment', 'TrackingInput', tracking, STAFF);
    await leave(orders, uuid);

    const told = await stateOf(id, 'CANCEL', me);
    expect(told).toMatchObject({ allowed: false, code: 'ALREADY_SHIPPED' });
    expect(told.reason).toMatch(/^Parcel 1 left on \d{4}-\d\d-\d\d \d\d:\d\d UTC with DHL JD01\.$/);
    const { data } = await change('cancelOrder', 'CancelOrderInput', { orderId: id }, me);
    expect(data.cancelOrder?.userErrors).toEqual([
      { code: 'INVALID_STATE', message: 'Parcel 1 left with DHL JD01.' },
    ]);
    expect(await stateOf(id, 'REQUEST_RETURN', me)).toMatchObject({ allowed: true });
  });

  it('keep from customers why staff put it on hold', async () => {
    const me = customer();
    const id = orderId.encode((await confirm(orders, await orders.place({}, me))).id);
    await change(
      'setFulfillmentHold',
      'FulfillmentHoldInput',
      { orderId: id, reason: 'fraud?' },
      STAFF,
    );
    const shown = (by: Identity) => stateOf(id, 'CREATE_FULFILLMENT', by);
    expect(await shown(STAFF)).toMatchObject({
      code: 'FULFILLMENT_ON_HOLD',
      reason: 'Its fulfillment is on hold: fraud?',
    });
    expect(await shown(me)).toMatchObject({
      code: 'STAFF_ONLY',
      reason: 'Only staff can do this.',
    });
    const { data } = await orders.ask<Told>(OPERATION, { id }, me);
    expect(JSON.stringify(data)).not.toContain('fraud');
  });

  it("of a draft are its buyer's, also where that is a guest", async () => {
    const { createDraft, updateDraft } = shopper(orders);
    const { order, token } = await createDraft({ lines: [{ sku: 'A', quantity: 1 }] });
    const source = `mutation($input: UpdateDraftInput!) { updateDraft(input: $input) {
      order { actions { action allowed } } } }`;
    const { data } = await orders.ask<{ updateDraft: Told }>(source, { input: { token } });
    const { actions } = data.updateDraft.order;
    const open = actions.filter(({ allowed }) => allowed);
    expect(open.map(({ action }) => action)).toEqual(ORDER_ACTIONS.slice(0, 5));
    expect(actions.slice(5).map(({ action }) => action)).toEqual([
      'PAY',
      'CANCEL',
      'REQUEST_RETURN',
      'CANCEL_RETURN',
    ]);
    expect((await updateDraft({ token })).order?.id).toBe(order?.id);
    expect(await stateOf(order?.id as string, 'PAY', STAFF)).toMatchObject({ code: 'NOT_PLACED' });
  });

  it('cost a list of orders two statements more, and nothing where they are not asked for', async () => {
    await Promise.all(Array.from({ length: 3 }, () => orders.place()));
    const list = (fields: string) => () =>
      orders.ask(`{ orders(first: 20) { edges { node { id ${fields} } } } }`, {}, STAFF);
    expect(await statementsOf(list(''))).toHaveLength(1);
    const statements = await statementsOf(list('actions { action allowed code reason nextStep }'));
    expect(statements).toHaveLength(3);
    expect(statements).toContain('orders.parts');
    expect(statements.join()).not.toMatch(/for update/);
  });

  it('are shown to nobody else', async () => {
    const id = orderId.encode((await orders.place()).id);
    const { data } = await orders.ask<{ order: null }>(OPERATION, { id }, ANONYMOUS);
    expect(data.order).toBe(null);
  });
});
