import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import type { OrderPayment, OrderState, OrderStatus } from '../order.js';
import type { FulfillmentState, LineState, WholeOrder } from '../order-parts.js';

const PAID: readonly OrderStatus[] = [
  'CONFIRMED',
  'PROCESSING',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'DELIVERED',
];

/** An order of 10.50 GBP that came straight to `status`. */
export function orderIn(status: OrderStatus, changes: Partial<OrderState> = {}): OrderState {
  const captured = PAID.includes(status) ? 1050 : 0;
  return {
    id: newId(),
    status,
    paymentStatus: captured > 0 ? 'PAID' : status === 'AUTHORIZED' ? 'AUTHORIZED' : 'NONE',
    refundStatus: 'NONE',
    seq: 7,
    currency: 'GBP',
    total: 1050,
    authorized: captured || (status === 'AUTHORIZED' ? 1050 : 0),
    captured,
    refunded: 0,
    captureOn: 'CONFIRMATION',
    version: 1,
    customerId: null,
    storefrontId: MAIN_STOREFRONT_ID,
    contactEmail: 'guest@example.com',
    notify: true,
    payments: [
      {
        attempt: 1,
        method: 'pm_card_approve',
        amount: changes.total ?? 1050,
        state: captured > 0 || status === 'AUTHORIZED' ? 'AUTHORIZED' : 'DUE',
      },
    ],
    paymentReversed: false,
    expiresAt: null,
    cancelTarget: status === 'CANCELLING' ? 'CANCELLED' : null,
    reason: null,
    fulfillmentHold: null,
    needsAttention: null,
    workflowId: null,
    workflowStatus: null,
    pendingCapture: null,
    ...changes,
  };
}

const NOT_YET = { cancelled: 0, fulfilled: 0, shipped: 0, returned: 0, refunded: 0 };

export function lineOf(lineNumber: number, changes: Partial<LineState> = {}): LineState {
  const [sku, quantity, unitPrice] = LINES[lineNumber - 1] ?? ['NEW', 1, 100];
  const kind = sku === 'POST' ? 'CHARGE' : 'PRODUCT';
  const title = `Title of ${sku}`;
  const productId = kind === 'PRODUCT' ? `product-${sku}` : null;
  return {
    lineNumber,
    kind,
    sku,
    productId,
    title,
    quantity,
    unitPrice,
    priceId: null,
    ...NOT_YET,
    ...changes,
  };
}

const LINES: Array<[string, number, number]> = [
  ['A', 3, 200],
  ['B', 1, 150],
  ['POST', 1, 300],
];

/** A parcel with all of the goods, unless told otherwise. */
export function parcel(
  status: FulfillmentState['status'],
  changes: Partial<FulfillmentState> = {},
): FulfillmentState {
  return {
    id: 'parcel-1',
    number: 1,
    status,
    lines: [
      { lineNumber: 1, sku: 'A', quantity: 3 },
      { lineNumber: 2, sku: 'B', quantity: 1 },
    ],
    captureAmount: 0,
    captured: 0,
    heldReason: null,
    carrier: null,
    trackingNumber: null,
    trackingUrl: null,
    locationId: null,
    ...changes,
  };
}

const PARCELS: Partial<Record<OrderStatus, FulfillmentState['status']>> = {
  PROCESSING: 'SHIPPING',
  SHIPPED: 'SHIPPED',
  DELIVERED: 'DELIVERED',
};

/** Three A at 2.00, one B at 1.50 and postage of 3.00; where it is packed or has left, in one parcel. */
export function wholeOrderIn(status: OrderStatus, changes: Partial<WholeOrder> = {}): WholeOrder {
  const packed = PARCELS[status];
  const gone = packed === 'SHIPPED' || packed === 'DELIVERED';
  const units = (quantity: number) =>
    packed ? { fulfilled: quantity, shipped: gone ? quantity : 0 } : {};
  return {
    ...orderIn(status),
    lines: [lineOf(1, units(3)), lineOf(2, units(1)), lineOf(3)],
    fulfillments: packed ? [parcel(packed)] : [],
    refunds: [],
    lineCancellations: [],
    returns: [],
    edits: [],
    ...changes,
  };
}

/** Payments by card of these states, each over `amount`, the attempts numbered from 1. */
export function paymentsThatAre(
  states: Array<OrderPayment['state']>,
  amount = 1050,
): OrderPayment[] {
  return states.map((state, i) => ({ attempt: i + 1, method: 'pm_card_approve', amount, state }));
}
