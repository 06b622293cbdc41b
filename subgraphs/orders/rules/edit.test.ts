import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { describe, expect, it } from 'vitest';
import { ORDER_STATUSES } from '../order.js';
import { type WholeOrder, withParts } from '../order-parts.js';
import { lineOf, parcel, wholeOrderIn } from '../testing/order-state.js';
import { cancel } from './cancellation.js';
import {
  type EditRequest,
  recordEditApplied,
  recordEditRejected,
  recordEditReleased,
  requestEdit,
  resumeEdit,
} from './edit.js';
import { createFulfillment } from './fulfillment.js';
import { cancelLines } from './line-cancellation.js';
import type { Planned } from './planned.js';

const ADDRESS = {
  ...{ name: 'Ada', line1: '1 Road', line2: null, city: 'York', postalCode: 'YO1' },
  country: 'GB',
};
const MUG = {
  ...{ kind: 'PRODUCT' as const, sku: 'MUG', productId: 'p', title: 'Mug' },
  ...{ quantity: 2, unitPrice: 100, priceId: null },
};

function asked(changes: Partial<EditRequest> = {}): EditRequest {
  return {
    ...{ id: 'edit', quantities: [], added: [], shippingAddress: null, method: null },
    ...{ expectedVersion: null, reason: null, requestedBy: 'me', byStaff: false },
    ...changes,
  };
}

const units = (...pairs: Array<[lineNumber: number, quantity: number]>) =>
  pairs.map(([lineNumber, quantity]) => ({ lineNumber, quantity }));

function after(order: WholeOrder, planned: Planned): WholeOrder {
  if ('errors' in planned) throw new Error(JSON.stringify(planned.errors));
  return { ...withParts(order, planned.parts ?? {}), ...planned.patch };
}
const codes = (planned: Planned) =>
  'errors' in planned
    ? planned.errors.map(({ code, field }) => `${code} ${field?.join('.') ?? ''}`.trim())
    : [];
const types = (planned: Planned) =>
  'facts' in planned ? planned.facts.map(({ type }) => type) : [];

/** Paid in full, by one payment. */
const confirmed = (changes: Partial<WholeOrder> = {}) =>
  wholeOrderIn('CONFIRMED', {
    payments: [{ attempt: 1, method: 'pm_1', amount: 1050, state: 'AUTHORIZED' }],
    ...changes,
  });

describe('an edit that needs nobody else', () => {
  it('gives units up and their money back, as a new version', () => {
    const order = confirmed();
    const planned = requestEdit(order, asked({ quantities: units([1, 1]), reason: 'too many' }));
    expect(types(planned)).toEqual(['edit_requested', 'edited', 'refund_requested']);
    const now = after(order, planned);
    expect(now).toMatchObject({ version: 2, total: 650, status: 'CONFIRMED', captured: 1050 });
    expect(now.lines[0]).toMatchObject({ quantity: 1, unitPrice: 200 });
    expect(now.refunds).toMatchObject([{ id: 'edit', amount: 400, lines: [] }]);
    expect(now.edits).toMatchObject([
      {
        status: 'APPLIED',
        replaced: { version: 1, total: 1050, lines: [{ quantity: 3 }, {}, {}] },
      },
    ]);
    expect(types(recordEditReleased(now, 'edit'))).toEqual(['edit_released']);
  });

  it('gives up no unit that is packed', () => {
    const lines = [{ lineNumber: 1, sku: 'A', quantity: 1 }];
    const fulfillments = [parcel('OPEN', { id: 'p', lines, locationId: 'north' })];
    const packed = [{ shipmentId: 'p', locationId: 'north', items: [{ sku: 'A', quantity: 1 }] }];
    const order = wholeOrderIn('PROCESSING', {
      lines: [lineOf(1, { fulfilled: 1 }), lineOf(2), lineOf(3)],
      fulfillments,
    });
    const planned = requestEdit(order, asked({ quantities: units([1, 2]), byStaff: true }));
    expect('facts' in planned && planned.facts[1]).toMatchObject({
      type: 'edited',
      data: { packed },
    });
  });

  it('takes less with the shipments where money is taken then', () => {
    const order = confirmed({ captureOn: 'SHIPMENT', captured: 0, authorized: 1050 });
    const planned = requestEdit(order, asked({ quantities: units([2, 0]) }));
    expect(types(planned)).toEqual(['edit_requested', 'edited']);
    expect(after(order, planned)).toMatchObject({ total: 900, paymentStatus: 'AUTHORIZED' });
  });

  it('sends it elsewhere', () => {
    const order = confirmed();
    const now = after(order, requestEdit(order, asked({ shippingAddress: ADDRESS })));
    expect(now).toMatchObject({ version: 2, shippingAddress: ADDRESS, total: 1050 });
    expect(now.edits).toMatchObject([{ status: 'DONE' }]);
  });
});

describe('an edit that needs units or money', () => {
  const order = confirmed();
  const planned = requestEdit(order, asked({ quantities: units([2, 3]), added: [MUG] }));
  const waiting = after(order, planned);

  it('waits for them, and says what its job has to get', () => {
    expect(types(planned)).toEqual(['edit_requested']);
    expect('facts' in planned && planned.facts[0]?.data).toEqual({
      editId: 'edit',
      items: [
        { sku: 'B', quantity: 2 },
        { sku: 'MUG', quantity: 2 },
      ],
      payment: {
        ...{ attempt: 2, method: 'pm_1', amount: 500, currency: 'GBP' },
        ...{ customerId: null, storefrontId: MAIN_STOREFRONT_ID },
      },
      captureNow: true,
    });
    expect(waiting).toMatchObject({ version: 1, total: 1050 });
    expect(waiting.payments.at(-1)).toMatchObject({ attempt: 2, state: 'DUE' });
  });

  it('changes the order when they are there, once', () => {
    const applied = recordEditApplied(waiting, { editId: 'edit', captured: 500 });
    const now = after(waiting, applied);
    expect(now).toMatchObject({ version: 2, total: 1550, captured: 1550, paymentStatus: 'PAID' });
    expect(now.payments.at(-1)).toMatchObject({ attempt: 2, state: 'AUTHORIZED' });
    expect(now.lines.map(({ lineNumber, quantity }) => [lineNumber, quantity])).toEqual([
      [1, 3],
      [2, 3],
      [3, 1],
      [4, 2],
    ]);
    expect(now.edits).toMatchObject([{ status: 'DONE' }]);
    expect(recordEditApplied(now, { editId: 'edit', captured: 500 }).facts).toEqual([]);
  });

  it('leaves the order as it is when they are not', () => {
    const rejected = recordEditRejected(waiting, { editId: 'edit', code: 'OUT_OF_STOCK' });
    const now = after(waiting, rejected);
    expect(now).toMatchObject({ version: 1, total: 1050, captured: 1050 });
    expect(now.payments.at(-1)).toMatchObject({ attempt: 2, state: 'DECLINED' });
    expect(recordEditRejected(now, { editId: 'edit', code: 'again' }).facts).toEqual([]);
  });

  it('goes on when the provider has made up its mind', () => {
    expect(resumeEdit(waiting, 2).facts).toMatchObject([
      { type: 'edit_requested', data: { editId: 'edit' } },
    ]);
    expect(resumeEdit(waiting, 1).facts).toEqual([]);
  });

  it('keeps everything else from changing meanwhile, but not from being called off', () => {
    expect(codes(requestEdit(waiting, asked({ id: 'two', quantities: units([1, 1]) })))).toEqual([
      'EDIT_UNDER_WAY orderId',
    ]);
    expect(codes(createFulfillment(waiting, 'p', null))).toEqual(['EDIT_UNDER_WAY orderId']);
    const request = { id: 'c', refundId: 'r', requestedBy: 'me', reason: null };
    expect(codes(cancelLines(waiting, { ...request, units: units([1, 1]) }))).toEqual([
      'EDIT_UNDER_WAY orderId',
    ]);
    const off = after(waiting, cancel(waiting, null));
    expect(off.edits).toMatchObject([{ status: 'REJECTED', rejection: 'ORDER_CANCELLED' }]);
    expect(recordEditApplied(off, { editId: 'edit', captured: 500 }).facts).toEqual([]);
  });
});

describe('what is refused', () => {
  it.each(ORDER_STATUSES)('an order that is %s, unless it is paid and not packed', (status) => {
    const order = { ...confirmed(), status };
    const edit = (byStaff: boolean) =>
      codes(requestEdit(order, asked({ quantities: units([1, 1]), byStaff })));
    expect(edit(false)).toEqual(status === 'CONFIRMED' ? [] : ['INVALID_STATE orderId']);
    expect(edit(true)).toEqual(
      ['CONFIRMED', 'PROCESSING'].includes(status) ? [] : ['INVALID_STATE orderId'],
    );
  });

  it.each<[string, Partial<EditRequest>, string]>([
    ['nothing', {}, 'INVALID_INPUT'],
    ['what is so already', { quantities: units([1, 3]) }, 'INVALID_INPUT'],
    ['all goods', { quantities: units([1, 0], [2, 0]) }, 'INVALID_STATE lines'],
    ['less than nothing', { quantities: units([1, -1]) }, 'INVALID_QUANTITY lines.0.quantity'],
    ['half a unit', { quantities: units([1, 0.5]) }, 'INVALID_QUANTITY lines.0.quantity'],
    ['a line that is not there', { quantities: units([9, 1]) }, 'NOT_FOUND lines.0.lineNumber'],
    ['a line twice', { quantities: units([1, 1], [1, 2]) }, 'INVALID_INPUT lines.1.lineNumber'],
    ['charges by a customer', { quantities: units([3, 0]) }, 'FORBIDDEN lines.0.lineNumber'],
    [
      'an older version',
      { quantities: units([1, 1]), expectedVersion: 2 },
      'VERSION_CONFLICT expectedVersion',
    ],
  ])('%s', (_name, request, expected) => {
    expect(codes(requestEdit(confirmed(), asked(request)))).toEqual([expected]);
  });

  it('units that are packed, and an order of which a parcel has left', () => {
    const packed = { ...wholeOrderIn('PROCESSING', { fulfillments: [parcel('OPEN')] }) };
    expect(codes(requestEdit(packed, asked({ quantities: units([1, 2]), byStaff: true })))).toEqual(
      ['INVALID_QUANTITY lines.0.quantity'],
    );
    const leaving = wholeOrderIn('PROCESSING');
    expect(
      codes(requestEdit(leaving, asked({ quantities: units([1, 4]), byStaff: true }))),
    ).toEqual(['INVALID_STATE orderId']);
  });

  it('all units that were not called off before', () => {
    const lines = [lineOf(1, { cancelled: 2 }), lineOf(2, { cancelled: 1 }), lineOf(3)];
    const edit = (...quantities: EditRequest['quantities']) =>
      codes(requestEdit(confirmed({ lines }), asked({ quantities })));
    const [first, second] = lines;
    expect([first?.quantity, second?.quantity]).toEqual([3, 1]);
    expect(edit(...units([1, 2]))).toEqual(['INVALID_STATE lines']);
    expect(edit(...units([1, 4]))).toEqual([]);
  });

  it('fewer units than were refunded', () => {
    const order = confirmed({ lines: [lineOf(1, { refunded: 2 }), lineOf(2), lineOf(3)] });
    expect(codes(requestEdit(order, asked({ quantities: units([1, 1]) })))).toEqual([
      'INVALID_QUANTITY lines.0.quantity',
    ]);
  });
});
