import type { OrderState } from './order.js';
import type { LineKind, RefundState, ShippingAddress } from './tables.js';

/** A line as it is placed: its title and price are snapshots that never change. */
export interface PlacedLine {
  lineNumber: number;
  kind: LineKind;
  sku: string;
  /** Null for a charge. */
  productId: string | null;
  title: string;
  quantity: number;
  /** Minor units. */
  unitPrice: number;
}

/** One line as the rules see it: each unit of it is counted once in each of these. */
export interface LineState extends PlacedLine {
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
  /** When it left (ISO 8601); only where it was read to tell people of it. */
  shippedAt?: string | null;
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

export const RETURN_STATUSES = ['REQUESTED', 'RECEIVED', 'REJECTED', 'CANCELLED'] as const;
export type ReturnStatus = (typeof RETURN_STATUSES)[number];

/** Units of a line that come back. */
export interface ReturnedUnits extends LineUnits {
  /** How many of them arrived, and how many of those go back to stock. */
  received: number;
  restocked: number;
}

/** Goods on their way back, or back. */
export interface ReturnState {
  id: string;
  /** Counts the order's returns, from 1. */
  number: number;
  status: ReturnStatus;
  lines: ReturnedUnits[];
  /** Why, in the words of whoever asked; and why it was refused. */
  reason: string | null;
  rejection: string | null;
  /** The refund that it led to. */
  refundId: string | null;
  /** PENDING until the catalog has the goods; null where none go back to stock. */
  restocking: 'PENDING' | 'DONE' | null;
  requestedBy: string;
  /** Set where the return was recorded under a key that counts for good. */
  idempotencyKey: string | null;
  requestHash: string | null;
}

export const EDIT_STATUSES = ['PENDING', 'APPLIED', 'DONE', 'REJECTED'] as const;
export type EditStatus = (typeof EDIT_STATUSES)[number];

/** A change of what was ordered, and the version that it replaced. */
export interface EditState {
  id: string;
  /** PENDING until units and money for it are there; APPLIED until units that it gave up are back in stock. */
  status: EditStatus;
  /** All lines as they are to be. */
  lines: PlacedLine[];
  total: number;
  /** Null leaves it as it is. */
  shippingAddress: ShippingAddress | null;
  /** What is to be paid for it, besides what was paid before. */
  payment: { attempt: number; method: string; amount: number } | null;
  /** The version as it was before; set where the edit was applied. */
  replaced: { version: number; total: number; lines: PlacedLine[] } | null;
  reason: string | null;
  rejection: string | null;
  requestedBy: string;
}

export interface OrderParts {
  lines: LineState[];
  fulfillments: FulfillmentState[];
  refunds: RefundPart[];
  lineCancellations: LineCancellation[];
  returns: ReturnState[];
  edits: EditState[];
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
    returns: replaced(earlier.returns, later.returns, byId),
    edits: replaced(earlier.edits, later.edits, byId),
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
