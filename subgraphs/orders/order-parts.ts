import type { OrderState } from './order.js';
import type { LineKind, RefundState } from './tables.js';

/** One line as the rules see it. Units of it are counted once in each of these; amounts in minor units. */
export interface LineState {
  lineNumber: number;
  kind: LineKind;
  sku: string;
  productId: string | null;
  title: string;
  quantity: number;
  unitPrice: number;
  /** Will not be delivered. */
  cancelled: number;
  /** In fulfillments that were not cancelled, shipped ones included. */
  fulfilled: number;
  shipped: number;
  returned: number;
  /** Refunded or being refunded. */
  refunded: number;
}

/** Units of one line. */
export interface LineUnits {
  lineNumber: number;
  sku: string;
  quantity: number;
}

export const FULFILLMENT_STATUSES = [
  'OPEN',
  'SHIPPING',
  'ON_HOLD',
  'SHIPPED',
  'DELIVERED',
  'CANCELLED',
] as const;
export type FulfillmentStatus = (typeof FULFILLMENT_STATUSES)[number];

/** One parcel of an order, from the packing list to the doorstep. */
export interface FulfillmentState {
  id: string;
  /** Counts the order's fulfillments, from 1. */
  number: number;
  status: FulfillmentStatus;
  lines: LineUnits[];
  /** What was to be captured for it so far, and what was; minor units. */
  captureAmount: number;
  captured: number;
  heldReason: string | null;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
}

/** Money being given back, or given back. */
export interface RefundPart {
  id: string;
  status: RefundState;
  amount: number;
  reason: string | null;
  restock: boolean;
  lines: LineUnits[];
  failureCode: string | null;
  requestedBy: string;
  idempotencyKey: string;
  requestHash: string;
}

/** Units that were called off before they were packed. */
export interface LineCancellation {
  id: string;
  /** PENDING until the catalog has the units back. */
  status: 'PENDING' | 'DONE';
  lines: LineUnits[];
  reason: string | null;
}

export interface OrderParts {
  lines: LineState[];
  fulfillments: FulfillmentState[];
  refunds: RefundPart[];
  lineCancellations: LineCancellation[];
}

/** An order with all that belongs to it, for the rules that look at more than its statuses. */
export interface WholeOrder extends OrderState, OrderParts {}

/** The order with the changed parts in the place of what they were, new ones at the end. */
export function withParts(order: WholeOrder, changed: Partial<OrderParts>): WholeOrder {
  return { ...order, ...mergedParts(order, changed) };
}

/** Of parts that are in both, the later ones count. */
export function mergedParts(earlier: Partial<OrderParts>, later: Partial<OrderParts>): OrderParts {
  return {
    lines: replaced(earlier.lines, later.lines, (line) => line.lineNumber),
    fulfillments: replaced(earlier.fulfillments, later.fulfillments, byId),
    refunds: replaced(earlier.refunds, later.refunds, byId),
    lineCancellations: replaced(earlier.lineCancellations, later.lineCancellations, byId),
  };
}

const byId = ({ id }: { id: string }) => id;

function replaced<Part>(
  earlier: Part[] = [],
  later: Part[] = [],
  keyOf: (part: Part) => unknown,
): Part[] {
  return [...new Map([...earlier, ...later].map((part) => [keyOf(part), part])).values()];
}
