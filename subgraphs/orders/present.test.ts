import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { describe, expect, it } from 'vitest';
import { ORDER_STATUSES } from './order.js';
import {
  displayStatus,
  orderId,
  presentEvent,
  presentLine,
  presentOrder,
  userId,
} from './present.js';
import type { OrderEventRow, OrderLineRow, OrderRow } from './tables.js';
import { STAFF } from './testing/orders.js';

const AT = new Date('2026-11-20T10:00:00.000Z');

const ORDER: OrderRow = {
  id: newId(),
  number: 42,
  placedBy: newId(),
  idempotencyKey: 'k',
  storefrontId: MAIN_STOREFRONT_ID,
  ofPartner: false,
  quoteId: null,
  customerId: newId(),
  status: 'SHIPPED',
  paymentStatus: 'PAID',
  refundStatus: 'PARTIALLY_REFUNDED',
  seq: 9,
  currency: 'KWD',
  total: 12_345,
  authorized: 12_345,
  captured: 12_345,
  refunded: 5,
  captureOn: 'CONFIRMATION',
  version: 1,
  payments: [],
  notify: true,
  paymentReversed: false,
  fulfillmentHold: null,
  expiresAt: null,
  cancelTarget: null,
  reason: null,
  needsAttention: null,
  workflowId: null,
  workflowStatus: null,
  pendingCapture: null,
  contactEmail: null,
  shippingAddress: null,
  placedAt: AT,
  updatedAt: AT,
};

describe('the three axes in one phrase', () => {
  it.each(ORDER_STATUSES)('%s has a phrase of its own words', (status) => {
    const phrase = displayStatus({ status, refundStatus: 'NONE' });
    expect(phrase).toMatch(/^[A-Z][a-z ]+$/);
    expect(displayStatus({ status, refundStatus: 'REFUNDED' })).toBe(`${phrase}, refunded`);
  });

  it('says "Shipped, partly refunded"', () => {
    expect(displayStatus(ORDER)).toBe('Shipped, partly refunded');
  });
});

describe('an order as the API shows it', () => {
  it('has ids of its type, money in decimals and times of RFC 3339', () => {
    const shown = presentOrder(ORDER);
    expect(shown).toMatchObject({
      id: `Order_${ORDER.id}`,
      number: '42',
      total: { amount: '12.345', currency: 'KWD' },
      refunded: { amount: '0.005', currency: 'KWD' },
      customer: { id: `User_${ORDER.customerId}` },
      placedAt: '2026-11-20T10:00:00.000Z',
    });
    expect(orderId.decode(shown.id)).toBe(ORDER.id);
  });

  it('has no customer where a guest ordered', () => {
    expect(presentOrder({ ...ORDER, customerId: null }).customer).toBe(null);
  });
});

describe('a line as the API shows it', () => {
  const line: OrderLineRow = {
    orderId: ORDER.id,
    lineNumber: 1,
    kind: 'PRODUCT',
    sku: 'A',
    productId: newId(),
    title: 'An A',
    quantity: 3,
    unitPrice: 1001,
    priceId: newId(),
    priceQuoted: false,
    cancelledQuantity: 0,
    fulfilledQuantity: 0,
    shippedQuantity: 0,
    returnedQuantity: 0,
    refundedQuantity: 0,
  };

  it('names its product and what it comes to', () => {
    expect(presentLine(line, 'JPY')).toMatchObject({
      unitPrice: { amount: '1001', currency: 'JPY' },
      total: { amount: '3003', currency: 'JPY' },
      variant: { id: `ProductVariant_${line.productId}` },
      priceId: `VariantPrice_${line.priceId}`,
    });
  });

  it('has no variant where it is a charge', () => {
    const charge: OrderLineRow = { ...line, kind: 'CHARGE', sku: 'POST', productId: null };
    expect(presentLine(charge, 'GBP').variant).toBe(null);
  });
});

describe('an event as the API shows it', () => {
  const event: OrderEventRow = {
    orderId: ORDER.id,
    seq: 1,
    id: newId(),
    type: 'payment_declined',
    fromStatus: 'RESERVED',
    toStatus: 'RESERVED',
    actor: 'service:jobs',
    reason: 'no_funds',
    data: {},
    changes: {},
    at: AT,
    hash: 'h',
  };
  const person = newId();

  it('names what happened in the words of the enum', () => {
    expect(presentEvent(event, STAFF)).toMatchObject({
      type: 'PAYMENT_DECLINED',
      orderId: `Order_${ORDER.id}`,
    });
  });

  it.each([
    ['service:jobs', { kind: 'SYSTEM', user: null }],
    [`user:${person}`, { kind: 'CUSTOMER', user: { id: userId.encode(person) } }],
    [`staff:${person}`, { kind: 'STAFF', user: { id: userId.encode(person) } }],
  ])('%s is shown as who it is', (actor, shown) => {
    expect(presentEvent({ ...event, actor }, STAFF).actor).toMatchObject(shown);
  });
});
