import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder } from './cancel-order.js';
import { type RefundRequest, refundOrder } from './refund-order.js';
import type { OrderRow } from './tables.js';
import { openTestOrders, type Person, STAFF, type TestOrders } from './testing/orders.js';
import { confirm, shipWhole } from './testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

/** Three A at 10.00, two B at 2.50 and postage of 3.00, paid: 38.00. */
async function paid(): Promise<OrderRow> {
  const lines = [
    { sku: 'A', quantity: 3 },
    { sku: 'B', quantity: 2 },
  ];
  const charges = [{ code: 'POST', title: 'Postage', quantity: 1, unitPrice: '3.00' }];
  return confirm(orders, await orders.place({ lines, charges }, STAFF));
}

async function shipped(): Promise<OrderRow> {
  const { id } = await paid();
  return shipWhole(orders, id);
}

const refund = (orderId: string, changes: Partial<RefundRequest> = {}, by: Person = STAFF) =>
  refundOrder(orders.as(by), by, {
    orderId,
    idempotencyKey: newId(),
    lines: [],
    amount: null,
    restock: false,
    reason: null,
    ...changes,
  });

async function codes(work: ReturnType<typeof refund>): Promise<string[]> {
  return (await work).errors.map(({ code, field }) => `${code} ${field?.join('.')}`);
}

async function refundedUnits(orderId: string): Promise<number[]> {
  const lines = await orders.as(STAFF).loaders.lines.load(orderId);
  return lines.map(({ refundedQuantity }) => refundedQuantity);
}

async function lastEvent(orderId: string) {
  const events = await orders.as(STAFF).eventsAfter({ orderId, seq: 0 });
  return events.at(-1);
}

describe('a refund that is asked for', () => {
  it('is stored as pending, counts its units, and starts a job', async () => {
    const { id } = await shipped();
    const lines = [{ lineNumber: 1, quantity: 2 }];
    const result = await refund(id, { lines, restock: true, reason: 'broken' });
    expect(result.refund).toMatchObject({
      orderId: id,
      status: 'PENDING',
      amount: 2000,
      restock: true,
      lines: [{ lineNumber: 1, sku: 'A', quantity: 2 }],
    });
    expect(await refundedUnits(id)).toEqual([2, 0, 0]);
    expect(await lastEvent(id)).toMatchObject({
      type: 'refund_requested',
      actor: `staff:${STAFF.userId}`,
      reason: 'broken',
      toStatus: 'SHIPPED',
      data: {
        refundId: result.refund?.id,
        amount: 2000,
        reason: 'broken',
        restock: [{ sku: 'A', quantity: 2 }],
      },
    });
    expect(await orders.order(id)).toMatchObject({ refunded: 0, refundStatus: 'NONE' });
  });

  it('counts a line named twice with all of its units, and charges too', async () => {
    const { id } = await shipped();
    const lines = [1, 3, 1].map((lineNumber) => ({ lineNumber, quantity: 1 }));
    const result = await refund(id, { lines, restock: true });
    expect(result.refund?.amount).toBe(2300);
    expect(await refundedUnits(id)).toEqual([2, 0, 1]);
    expect((await lastEvent(id))?.data.restock).toEqual([{ sku: 'A', quantity: 2 }]);
    expect(await codes(refund(id, { lines: [{ lineNumber: 3, quantity: 1 }] }))).toEqual([
      'EXCEEDS_REFUNDABLE lines.0.quantity',
    ]);
  });

  it('may name an amount alone', async () => {
    const { id } = await paid();
    expect((await refund(id, { amount: '1.5' })).refund).toMatchObject({ amount: 150, lines: [] });
  });
});

describe('what is refused', () => {
  it.each<[string, Partial<RefundRequest>, string]>([
    ['nothing at all', {}, 'INVALID_PRICE amount'],
    ['a third of a penny', { amount: '0.003' }, 'INVALID_PRICE amount'],
    ['what is no number', { amount: 'ten' }, 'INVALID_PRICE amount'],
    ['less than nothing', { amount: '-1.00' }, 'INVALID_PRICE amount'],
    ['more than was paid', { amount: '38.01' }, 'EXCEEDS_REFUNDABLE amount'],
    [
      'goods that are still here',
      {
        lines: [{ lineNumber: 1, quantity: 1 }],
        restock: true,
      },
      'INVALID_STATE restock',
    ],
    ['no key', { amount: '1', idempotencyKey: '' }, 'INVALID_INPUT idempotencyKey'],
    ['a reason with NUL', { amount: '1', reason: '\0' }, 'INVALID_INPUT reason'],
  ])('%s', async (_name, changes, expected) => {
    const { id } = await paid();
    expect(await codes(refund(id, changes))).toEqual([expected]);
    expect(await orders.history(id)).not.toContain('refund_requested');
  });

  it('an order that does not exist, or is not paid', async () => {
    expect(await codes(refund(newId(), { amount: '1' }))).toEqual(['NOT_FOUND orderId']);
    const { id } = await orders.place();
    expect(await codes(refund(id, { amount: '1' }))).toEqual(['INVALID_STATE orderId']);
  });

  it('one under a key that was used for something else', async () => {
    const { id } = await paid();
    const idempotencyKey = newId();
    await refund(id, { idempotencyKey, amount: '1.00' });
    expect(await codes(refund(id, { idempotencyKey, amount: '2.00' }))).toEqual([
      'IDEMPOTENCY_CONFLICT idempotencyKey',
    ]);
  });
});

describe('refunds at once', () => {
  it('under one key are one', async () => {
    const { id } = await shipped();
    const request = { idempotencyKey: newId(), lines: [{ lineNumber: 1, quantity: 1 }] };
    const results = await Promise.all(Array.from({ length: 8 }, () => refund(id, request)));
    expect(new Set(results.map((result) => result.refund?.id)).size).toBe(1);
    expect(results.filter((result) => 'repeated' in result && !result.repeated)).toHaveLength(1);
    expect(await refundedUnits(id)).toEqual([1, 0, 0]);
  });

  it('under one key, of two orders, are one and a conflict', async () => {
    const [one, other] = [await paid(), await paid()];
    const idempotencyKey = newId();
    const results = await Promise.all(
      [one, other].map(({ id }) => codes(refund(id, { idempotencyKey, amount: '1.00' }))),
    );
    expect(results.flat()).toEqual(['IDEMPOTENCY_CONFLICT idempotencyKey']);
  });

  it('never give back more than was paid', async () => {
    const { id } = await paid();
    const results = await Promise.all(
      Array.from({ length: 6 }, () => codes(refund(id, { amount: '10.00' }))),
    );
    expect(results.filter((errors) => errors.length === 0)).toHaveLength(3);
    expect(results.flat()).toEqual(Array(3).fill('EXCEEDS_REFUNDABLE amount'));
  });

  it('never take more units than were bought', async () => {
    const { id } = await shipped();
    const lines = [{ lineNumber: 1, quantity: 2 }];
    const results = await Promise.all(
      [1, 2, 3].map(() => codes(refund(id, { lines, amount: '1' }))),
    );
    expect(results.filter((errors) => errors.length === 0)).toHaveLength(1);
    expect(await refundedUnits(id)).toEqual([2, 0, 0]);
  });
});

describe("the provider's answer", () => {
  it('is recorded once, however often it comes', async () => {
    const { id } = await shipped();
    const asked = await refund(id, { lines: [{ lineNumber: 1, quantity: 3 }] });
    const done = {
      type: 'recordRefunded',
      refundId: asked.refund?.id ?? '',
      amount: 3000,
    } as const;
    const order = await orders.advance(id, done, done, done);
    expect(order).toMatchObject({ refunded: 3000, refundStatus: 'PARTIALLY_REFUNDED' });
    expect((await orders.history(id)).filter((type) => type === 'refunded')).toHaveLength(1);
  });

  it('leads to REFUNDED when all is given back', async () => {
    const { id } = await shipped();
    const asked = await refund(id, { amount: '38.00' });
    const done = {
      type: 'recordRefunded',
      refundId: asked.refund?.id ?? '',
      amount: 3800,
    } as const;
    expect(await orders.advance(id, done)).toMatchObject({
      refunded: 3800,
      refundStatus: 'REFUNDED',
      status: 'SHIPPED',
    });
    expect(await codes(refund(id, { amount: '0.01' }))).toEqual(['EXCEEDS_REFUNDABLE amount']);
  });

  it('is kept as it was where less went back than was asked for', async () => {
    const { id } = await shipped();
    const asked = await refund(id, { amount: '30.00' });
    const refundId = asked.refund?.id ?? '';
    const short = { type: 'recordRefunded', refundId, amount: 2000, code: 'closed' } as const;
    expect(await orders.advance(id, short)).toMatchObject({ refunded: 2000 });
    expect(await orders.as(STAFF).loaders.refunds.load(id)).toMatchObject([
      { status: 'REFUNDED', amount: 2000, failureCode: 'closed' },
    ]);
    expect(await lastEvent(id)).toMatchObject({ type: 'refunded', reason: 'closed' });
    expect(await codes(refund(id, { amount: '18.00' }))).toEqual([]);
  });

  it('gives units and money back to ask for where the provider refused', async () => {
    const { id } = await shipped();
    const lines = [1, 1, 2].map((lineNumber) => ({ lineNumber, quantity: 1 }));
    const asked = await refund(id, { lines });
    const refundId = asked.refund?.id ?? '';
    expect(await refundedUnits(id)).toEqual([2, 1, 0]);
    const failed = { type: 'recordRefundFailed', refundId, code: 'closed' } as const;
    expect(await orders.advance(id, failed, failed)).toMatchObject({ refundStatus: 'NONE' });
    expect(await refundedUnits(id)).toEqual([0, 0, 0]);
    expect(await orders.as(STAFF).loaders.refunds.load(id)).toMatchObject([
      { status: 'FAILED', failureCode: 'closed' },
    ]);
    expect((await refund(id, { amount: '38.00' })).errors).toEqual([]);
  });

  it('is recorded, too, where somebody refunded there and nobody asked here', async () => {
    const { id } = await paid();
    const refundId = newId();
    const found = {
      type: 'recordRefundedElsewhere',
      refundId,
      amount: 3800,
      reason: 'why',
    } as const;
    expect(await orders.advance(id, found, found)).toMatchObject({
      refunded: 3800,
      refundStatus: 'REFUNDED',
    });
    expect(await orders.as(STAFF).loaders.refunds.load(id)).toMatchObject([
      { status: 'REFUNDED', amount: 3800, reason: 'why', lines: [] },
    ]);
    expect(await lastEvent(id)).toMatchObject({ type: 'refunded', reason: 'why' });
  });

  it('is not taken for the refund of another order', async () => {
    const [one, other] = [await paid(), await paid()];
    const asked = await refund(one.id, { amount: '1.00' });
    const refundId = asked.refund?.id ?? '';
    await orders.advance(other.id, { type: 'recordRefunded', refundId, amount: 100 });
    expect(await orders.order(other.id)).toMatchObject({ refunded: 0 });
    expect(await orders.as(STAFF).loaders.refunds.load(one.id)).toMatchObject([
      { status: 'PENDING' },
    ]);
  });

  it('is counted once where the order was called off meanwhile and all of it given back', async () => {
    const { id } = await paid();
    const asked = await refund(id, { amount: '8.00' });
    const done = { type: 'recordRefunded', refundId: asked.refund?.id ?? '', amount: 800 } as const;
    await cancelOrder(orders.as(STAFF), STAFF, { orderId: id, reason: null });
    const order = await orders.advance(
      id,
      { type: 'recordPaymentReversed', refunded: 3800 },
      { type: 'recordStockReleased' },
      done,
    );
    expect(order).toMatchObject({ status: 'CANCELLED', captured: 3800, refunded: 3800 });
    expect((await orders.history(id)).at(-1)).toBe('refunded');
  });
});
