import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderId } from '../present.js';
import { guestDraft, placing, shopper } from '../testing/drafts.js';
import {
  customer,
  openTestOrders,
  type Person,
  STAFF,
  type TestOrders,
} from '../testing/orders.js';
import { confirm, shipWhole } from '../testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

interface Payload {
  return: { id: string; status: string; restocked: boolean; rejectionReason: string | null } | null;
  refund: { status: string; amount: { amount: string } } | null;
  userErrors: Array<{ code: string; field: string[] | null }>;
}

const INPUTS = {
  requestReturn: 'RequestReturnInput',
  cancelReturn: 'CancelReturnInput',
  rejectReturn: 'RejectReturnInput',
  receiveReturn: 'ReceiveReturnInput',
  recordReturn: 'RecordReturnInput',
};
type Name = keyof typeof INPUTS;

async function ask(name: Name, input: object, by: Identity = STAFF): Promise<Payload> {
  const source = `mutation($input: ${INPUTS[name]}!) { payload: ${name}(input: $input) {
    return { id status restocked rejectionReason } refund { status amount { amount } }
    userErrors { code field } } }`;
  const { data, errors } = await orders.ask<{ payload: Payload }>(source, { input }, by);
  expect(errors).toEqual([]);
  return data.payload;
}

/** Three A at 10.00, shipped to `me`. */
async function shipped() {
  const me = customer();
  const { id } = await confirm(
    orders,
    await orders.place({ lines: [{ sku: 'A', quantity: 3 }] }, me),
  );
  await shipWhole(orders, id);
  return { me, id, gid: orderId.encode(id) };
}

const two = [{ lineNumber: 1, quantity: 2 }];
const twoBack = [{ lineNumber: 1, quantity: 2, restock: 1 }];

it('goods go back to stock at the location named, if there is such a one', async () => {
  const location = newId();
  orders.locations.add(location);
  const { id, gid, returnId } = await announced();
  const receipt = { returnId, lines: twoBack };
  for (const locationId of [`Location_${newId()}`, 'nowhere'])
    expect(await ask('receiveReturn', { ...receipt, locationId })).toMatchObject({
      return: null,
      userErrors: [{ code: 'UNKNOWN_LOCATION', field: ['locationId'] }],
    });
  const locationId = `Location_${location}`;
  expect((await ask('receiveReturn', { ...receipt, locationId })).userErrors).toEqual([]);
  const recorded = { orderId: gid, idempotencyKey: newId(), lines: [ONE_BACK], locationId };
  expect((await ask('recordReturn', recorded)).userErrors).toEqual([]);
  const events = await orders.as(STAFF).db.query<{ locationId: string }>(
    'test.received',
    `select data ->> 'locationId' as "locationId" from order_events
     where order_id = $1 and type = 'return_received'`,
    [id],
  );
  expect(events).toEqual([{ locationId: location }, { locationId: location }]);
});

const ONE_BACK = { lineNumber: 1, quantity: 1, restock: 1 };

async function announced() {
  const order = await shipped();
  const asked = await ask('requestReturn', { orderId: order.gid, lines: two }, order.me);
  expect(asked.userErrors).toEqual([]);
  return { ...order, returnId: asked.return?.id as string };
}

const line = async (id: string) => (await orders.as(STAFF).loaders.lines.load(id))[0];

it('a customer announces a return, staff receive it, money and goods go back', async () => {
  const { id, returnId } = await announced();
  const received = await ask('receiveReturn', { returnId, lines: twoBack });
  expect(received).toMatchObject({
    return: { status: 'RECEIVED', restocked: false },
    refund: { status: 'PENDING', amount: { amount: '20.00' } },
  });
  expect(await line(id)).toMatchObject({ returnedQuantity: 2, refundedQuantity: 2 });
  const events = await orders.as(STAFF).eventsAfter({ orderId: id, seq: 0 });
  const event = events.find(({ type }) => type === 'return_received');
  expect(event?.data.items).toEqual([{ sku: 'A', quantity: 1 }]);
  await orders.advance(id, { type: 'recordRestocked', returnId: String(event?.data.returnId) });
  const [row] = await orders.as(STAFF).loaders.returns.load(id);
  expect(row).toMatchObject({ restocking: 'DONE' });
});

it('a return is called off by its customer, or not accepted by staff', async () => {
  const first = await announced();
  expect(await ask('cancelReturn', { returnId: first.returnId }, first.me)).toMatchObject({
    return: { status: 'CANCELLED' },
  });
  const second = await announced();
  const rejected = await ask('rejectReturn', { returnId: second.returnId, reason: 'worn' });
  expect(rejected.return).toMatchObject({ status: 'REJECTED', rejectionReason: 'worn' });
});

describe('goods that came back unannounced', () => {
  const recorded = async () => {
    const { gid, id } = await shipped();
    return { id, input: { orderId: gid, idempotencyKey: newId(), lines: twoBack } };
  };

  it('are recorded in one step, once per key, also when asked at once', async () => {
    const { id, input } = await recorded();
    const answers = await Promise.all([1, 2, 3].map(() => ask('recordReturn', input)));
    expect(answers[0]).toMatchObject({ return: { status: 'RECEIVED' }, userErrors: [] });
    expect(new Set(answers.map((answer) => answer.return?.id)).size).toBe(1);
    expect(await line(id)).toMatchObject({ returnedQuantity: 2, refundedQuantity: 2 });
    expect((await orders.history(id)).slice(-3)).toEqual([
      'return_requested',
      'return_received',
      'refund_requested',
    ]);
  });

  it('under a key that was used for something else are a conflict', async () => {
    const { input } = await recorded();
    await ask('recordReturn', input);
    const elsewhere = await shipped();
    for (const change of [{ amount: '1.00' }, { orderId: elsewhere.gid }]) {
      expect(await ask('recordReturn', { ...input, ...change })).toMatchObject({
        return: null,
        userErrors: [{ code: 'IDEMPOTENCY_CONFLICT', field: ['idempotencyKey'] }],
      });
    }
  });

  it('that are refused leave nothing behind', async () => {
    const { id, input } = await recorded();
    const refused = await ask('recordReturn', { ...input, amount: '31.00' });
    expect(refused.userErrors).toMatchObject([{ code: 'EXCEEDS_REFUNDABLE', field: ['amount'] }]);
    expect(await orders.history(id)).not.toContain('return_requested');
    expect((await ask('recordReturn', input)).userErrors).toEqual([]);
  });
});

describe('who may not', () => {
  it.each(['rejectReturn', 'receiveReturn'] as const)('a customer cannot %s', async (name) => {
    const { me, returnId } = await announced();
    const input = name === 'receiveReturn' ? { returnId, lines: [] } : { returnId };
    expect((await ask(name, input, me)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  it('nobody sends back what somebody else bought, or hears of it', async () => {
    const { gid, returnId } = await announced();
    const eve = customer();
    expect(
      (await ask('requestReturn', { orderId: gid, lines: two }, eve)).userErrors,
    ).toMatchObject([{ code: 'NOT_FOUND', field: ['orderId'] }]);
    const [mine, none] = await Promise.all([
      ask('cancelReturn', { returnId }, eve),
      ask('cancelReturn', { returnId: newId() }, eve),
    ]);
    expect(mine).toEqual(none);
    expect(mine.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['returnId'] }]);
  });
});

it('a return is a node to its customer and to staff, with its refund', async () => {
  const { me, returnId } = await announced();
  await ask('receiveReturn', { returnId, lines: twoBack });
  const query = 'query($id: ID!) { node(id: $id) { ... on Return { status refund { status } } } }';
  const seen = async (by: Person) =>
    (await orders.ask<{ node: unknown }>(query, { id: returnId }, by)).data.node;
  expect(await seen(me)).toEqual({ status: 'RECEIVED', refund: { status: 'PENDING' } });
  expect(await seen(customer())).toBe(null);
});

describe('a guest, by the token of their order,', () => {
  async function bought() {
    const { id, draftId: orderId, token } = await guestDraft(orders, 3);
    await shopper(orders).placeDraft(placing({ token }));
    await shipWhole(orders, (await confirm(orders, await orders.order(id))).id);
    return { id, orderId, token };
  }

  it('announces a return once per key, and calls it off', async () => {
    const { id, orderId, token } = await bought();
    const input = { orderId, token, lines: two, idempotencyKey: 'back' };
    const asked = await ask('requestReturn', input, ANONYMOUS);
    expect(asked).toMatchObject({ return: { status: 'REQUESTED' }, userErrors: [] });
    expect(await ask('requestReturn', input, ANONYMOUS)).toEqual(asked);
    const returnId = asked.return?.id;
    const off = await ask('cancelReturn', { returnId, token }, ANONYMOUS);
    expect(off).toMatchObject({ return: { status: 'CANCELLED' } });
    const events = (await orders.as(STAFF).eventsAfter({ orderId: id, seq: 0 })).slice(-2);
    expect(events.map(({ type, actor }) => [type, actor])).toEqual([
      ['return_requested', 'guest:token'],
      ['return_cancelled', 'guest:token'],
    ]);
  });

  it('sends nothing of another order back, nor anything without it', async () => {
    const [mine, theirs] = [await bought(), await bought()];
    const { returnId } = await announced();
    const asked = { orderId: theirs.orderId, lines: two };
    for (const [name, input] of [
      ['requestReturn', { ...asked, token: mine.token }],
      ['requestReturn', { ...asked, token: newId() }],
      ['cancelReturn', { returnId, token: mine.token }],
    ] as const) {
      const refused = await ask(name, input, ANONYMOUS);
      expect(refused.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
    const source = `mutation($input: RequestReturnInput!) { requestReturn(input: $input) { userErrors { code } } }`;
    const { errors } = await orders.ask(source, { input: asked });
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});
