import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Changes } from './history/rebuild.js';
import type {
  CancelTarget,
  CaptureOn,
  OrderPayment,
  OrderStatus,
  PaymentStatus,
  RefundStatus,
} from './order.js';
import type {
  EditState,
  EditStatus,
  FulfillmentStatus,
  LineUnits,
  PlacedLine,
  ReturnedUnits,
  ReturnStatus,
} from './order-parts.js';

/** A row as it is read: every column is there, with null for nothing. */
type Row<Table> = {
  [Column in keyof InferEntity<Table>]: Exclude<InferEntity<Table>[Column], undefined>;
};

/** How lists and look-ups read the tables; changes go through change-orders.ts. Amounts in minor units. */
export const OrderTable = defineEntity({
  name: 'OrderRow',
  tableName: 'orders',
  properties: {
    id: p.uuid().primary(),
    number: p.bigint('number'),
    /** Null while it is a draft, and for a guest's. */
    placedBy: p.uuid().nullable(),
    /** Null until it is placed. */
    idempotencyKey: p.string().nullable(),
    /** The quote that it was made of. */
    quoteId: p.uuid().nullable(),
    customerId: p.uuid().nullable(),
    storefrontId: p.uuid(),
    /** Its customer is a partner and no person. */
    ofPartner: p.boolean(),
    status: p.string().$type<OrderStatus>(),
    paymentStatus: p.string().$type<PaymentStatus>(),
    refundStatus: p.string().$type<RefundStatus>(),
    seq: p.integer(),
    currency: p.string(),
    total: p.bigint('number'),
    authorized: p.bigint('number'),
    captured: p.bigint('number'),
    refunded: p.bigint('number'),
    captureOn: p.string().$type<CaptureOn>(),
    version: p.integer(),
    payments: p.json().$type<OrderPayment[]>(),
    fulfillmentHold: p.string().nullable(),
    expiresAt: p.datetime().nullable(),
    notify: p.boolean(),
    paymentReversed: p.boolean(),
    cancelTarget: p.string().$type<CancelTarget>().nullable(),
    reason: p.string().nullable(),
    needsAttention: p.string().nullable(),
    contactEmail: p.string().nullable(),
    workflowId: p.uuid().nullable(),
    workflowStatus: p.string().nullable(),
    pendingCapture: p.bigint('number').nullable(),
    shippingAddress: p.json().$type<ShippingAddress>().nullable(),
    /** No valid date until it is placed: 'infinity' in the table, so that drafts come before all that is listed. */
    placedAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
export type OrderRow = Row<typeof OrderTable>;

/** Whether it was placed; if not, it is a draft, or was one when it ended. */
export function wasPlaced({ placedAt }: Pick<OrderRow, 'placedAt'>): boolean {
  return !Number.isNaN(placedAt.getTime());
}

export interface ShippingAddress {
  name: string;
  line1: string;
  line2: string | null;
  city: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

export type LineKind = 'PRODUCT' | 'CHARGE';

export const OrderLineTable = defineEntity({
  name: 'OrderLineRow',
  tableName: 'order_lines',
  properties: {
    orderId: p.uuid().primary(),
    lineNumber: p.integer().primary(),
    kind: p.string().$type<LineKind>(),
    sku: p.string(),
    productId: p.uuid().nullable(),
    title: p.string(),
    quantity: p.integer(),
    unitPrice: p.bigint('number'),
    /** The price of the catalog that it was made from. */
    priceId: p.uuid().nullable(),
    /** Staff named it: in a draft it does not follow the catalog. */
    priceQuoted: p.boolean(),
    /** Will not be delivered. */
    cancelledQuantity: p.integer(),
    /** In fulfillments that were not cancelled, shipped or not. */
    fulfilledQuantity: p.integer(),
    shippedQuantity: p.integer(),
    returnedQuantity: p.integer(),
    refundedQuantity: p.integer(),
  },
});
export type OrderLineRow = Row<typeof OrderLineTable>;

export const OrderEventTable = defineEntity({
  name: 'OrderEventRow',
  tableName: 'order_events',
  properties: {
    orderId: p.uuid().primary(),
    seq: p.integer().primary(),
    id: p.uuid(),
    type: p.string(),
    fromStatus: p.string().$type<OrderStatus>().nullable(),
    toStatus: p.string().$type<OrderStatus>(),
    actor: p.string(),
    reason: p.string().nullable(),
    data: p.json().$type<Record<string, unknown>>(),
    changes: p.json().$type<Changes>(),
    at: p.datetime(),
    hash: p.string(),
  },
});
export type OrderEventRow = Row<typeof OrderEventTable>;

export const FulfillmentTable = defineEntity({
  name: 'FulfillmentRow',
  tableName: 'fulfillments',
  properties: {
    id: p.uuid().primary(),
    orderId: p.uuid(),
    number: p.integer(),
    status: p.string().$type<FulfillmentStatus>(),
    lines: p.json().$type<LineUnits[]>(),
    locationId: p.uuid().nullable(),
    captured: p.bigint('number'),
    heldReason: p.string().nullable(),
    carrier: p.string().nullable(),
    trackingNumber: p.string().nullable(),
    trackingUrl: p.string().nullable(),
    createdAt: p.datetime(),
    shippedAt: p.datetime().nullable(),
    deliveredAt: p.datetime().nullable(),
  },
});
export type FulfillmentRow = Row<typeof FulfillmentTable>;

export const ReturnTable = defineEntity({
  name: 'ReturnRow',
  tableName: 'returns',
  properties: {
    id: p.uuid().primary(),
    orderId: p.uuid(),
    number: p.integer(),
    status: p.string().$type<ReturnStatus>(),
    lines: p.json().$type<ReturnedUnits[]>(),
    reason: p.string().nullable(),
    rejection: p.string().nullable(),
    refundId: p.uuid().nullable(),
    restocking: p.string().$type<'PENDING' | 'DONE'>().nullable(),
    requestedAt: p.datetime(),
    receivedAt: p.datetime().nullable(),
  },
});
export type ReturnRow = Row<typeof ReturnTable>;

export const OrderEditTable = defineEntity({
  name: 'OrderEditRow',
  tableName: 'order_edits',
  properties: {
    id: p.uuid().primary(),
    orderId: p.uuid(),
    status: p.string().$type<EditStatus>(),
    lines: p.json().$type<PlacedLine[]>(),
    total: p.bigint('number'),
    shippingAddress: p.json().$type<ShippingAddress>().nullable(),
    replaced: p.json().$type<NonNullable<EditState['replaced']>>().nullable(),
    replacedAddress: p.json().$type<ShippingAddress>().nullable(),
    reason: p.string().nullable(),
    rejection: p.string().nullable(),
    requestedAt: p.datetime(),
    appliedAt: p.datetime().nullable(),
  },
});
export type OrderEditRow = Row<typeof OrderEditTable>;

export type RefundState = 'PENDING' | 'REFUNDED' | 'FAILED';

export const RefundTable = defineEntity({
  name: 'RefundRow',
  tableName: 'refunds',
  properties: {
    id: p.uuid().primary(),
    orderId: p.uuid(),
    status: p.string().$type<RefundState>(),
    amount: p.bigint('number'),
    reason: p.string().nullable(),
    restock: p.boolean(),
    lines: p.json().$type<LineUnits[]>(),
    failureCode: p.string().nullable(),
    createdAt: p.datetime(),
  },
});
export type RefundRow = Row<typeof RefundTable>;
