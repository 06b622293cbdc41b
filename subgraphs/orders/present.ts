import { money } from '@waybill/kernel/graphql/money.js';
import { type Identity, isStaff } from '@waybill/kernel/identity.js';
import { globalId } from '@waybill/kernel/ids.js';
import { NOBODY } from './access.js';
import type { User } from './graphql/entities.js';
import type { EVENT_TYPES } from './graphql/enums.js';
import type { EventActor, Order, OrderEvent, OrderLine, Refund } from './graphql/order-types.js';
import { reasonFor } from './history/reason-for.js';
import type { OrderStatus } from './order.js';
import { amountDue } from './rules/payment.js';
import {
  type OrderEventRow,
  type OrderLineRow,
  type OrderRow,
  type RefundRow,
  wasPlaced,
} from './tables.js';

export const orderId = globalId('Order');
export const userId = globalId('User');
export const variantId = globalId('ProductVariant');
export const priceId = globalId('VariantPrice');
export const storefrontIds = globalId('Storefront');
export const partnerIds = globalId('Partner');
export const quoteIds = globalId('Quote');
export const refundId = globalId('Refund');

/** The bare id that is meant: nobody's for one that is malformed, undefined where none was named. */
export function bareStorefront(id: string | null | undefined): string | undefined {
  return id == null ? undefined : (storefrontIds.decode(id) ?? NOBODY);
}

/** Rows as the API shows them. Fields that cost a look-up are left to their resolvers. */
export function presentOrder(row: OrderRow): Order {
  return {
    row,
    id: orderId.encode(row.id),
    number: wasPlaced(row) ? String(row.number) : null,
    idempotencyKey: row.idempotencyKey,
    status: row.status,
    paymentStatus: row.paymentStatus,
    refundStatus: row.refundStatus,
    displayStatus: displayStatus(row),
    total: money(row.total, row.currency),
    captureOn: row.captureOn,
    authorized: money(row.authorized, row.currency),
    amountDue: money(amountDue(row), row.currency),
    captured: money(row.captured, row.currency),
    refunded: money(row.refunded, row.currency),
    customer: row.ofPartner ? null : presentUser(row.customerId),
    contactEmail: row.contactEmail,
    shippingAddress: row.shippingAddress,
    reason: row.reason,
    fulfillmentHold: row.fulfillmentHold,
    needsAttention: row.needsAttention,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    placedAt: wasPlaced(row) ? row.placedAt.toISOString() : null,
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function presentUser(uuid: string | null): User | null {
  return uuid === null ? null : { id: userId.encode(uuid), uuid };
}

export function presentLine(row: OrderLineRow, currency: string): OrderLine {
  return {
    row,
    lineNumber: row.lineNumber,
    kind: row.kind,
    sku: row.sku,
    title: row.title,
    quantity: row.quantity,
    cancelledQuantity: row.cancelledQuantity,
    fulfilledQuantity: row.fulfilledQuantity,
    shippedQuantity: row.shippedQuantity,
    returnedQuantity: row.returnedQuantity,
    refundedQuantity: row.refundedQuantity,
    unitPrice: money(row.unitPrice, currency),
    priceId: row.priceId === null ? null : priceId.encode(row.priceId),
    total: money(row.unitPrice * row.quantity, currency),
    variant: row.productId === null ? null : { id: variantId.encode(row.productId) },
  };
}

export function presentEvent(row: OrderEventRow, identity: Identity): Omit<OrderEvent, 'order'> {
  const staff = isStaff(identity);
  return {
    row,
    id: row.id,
    orderId: orderId.encode(row.orderId),
    seq: row.seq,
    type: row.type.toUpperCase() as (typeof EVENT_TYPES)[number],
    from: row.fromStatus,
    to: row.toStatus,
    actor: presentActor(row.actor, staff),
    reason: reasonFor(identity, row),
    data: { ...row.data, changes: row.changes },
    hash: row.hash,
    at: row.at.toISOString(),
  };
}

function presentActor(actor: string, namesStaff: boolean): EventActor {
  const [kind, id] = actor.split(':');
  if (kind === 'guest' || kind === 'partner') return { kind: 'CUSTOMER', user: null };
  if (kind === 'user') return { kind: 'CUSTOMER', user: presentUser(id ?? null) };
  if (kind === 'staff') return { kind: 'STAFF', user: namesStaff ? presentUser(id ?? null) : null };
  return { kind: 'SYSTEM', user: null };
}

export function presentRefund(row: RefundRow, currency: string): Refund {
  return {
    row,
    id: refundId.encode(row.id),
    status: row.status,
    amount: money(row.amount, currency),
    lines: row.lines,
    restock: row.restock,
    reason: row.reason,
    failureCode: row.failureCode,
    createdAt: row.createdAt.toISOString(),
  };
}

const PHRASES: Record<OrderStatus, string> = {
  DRAFT: 'Draft',
  PENDING: 'Being checked',
  VALIDATED: 'Being checked',
  RESERVED: 'Waiting for payment',
  AUTHORIZED: 'Payment authorized',
  CONFIRMED: 'Confirmed',
  PROCESSING: 'Being packed',
  PARTIALLY_SHIPPED: 'Partly shipped',
  SHIPPED: 'Shipped',
  DELIVERED: 'Delivered',
  CANCELLING: 'Being cancelled',
  CANCELLED: 'Cancelled',
  FAILED: 'Failed',
  EXPIRED: 'Expired',
};

/** One phrase for the three axes: "Shipped, partly refunded"; `phrase` is what a storefront calls the first. */
export function displayStatus(
  { status, refundStatus }: Pick<OrderRow, 'status' | 'refundStatus'>,
  phrase = PHRASES[status],
): string {
  if (refundStatus === 'NONE') return phrase;
  return `${phrase}, ${refundStatus === 'REFUNDED' ? 'refunded' : 'partly refunded'}`;
}
