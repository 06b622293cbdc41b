import { isDeepStrictEqual } from 'node:util';
import type { OrderState } from './order.js';
import type { LineKind, RefundState, ShippingAddress } from './tables.js';

/** A line as it is placed: its title and price are snapshots that never change. */
export interface PlacedLine {
  lineNumber: number;
  kind: LineKind;
  sku: string;
  /** The variant in the catalog; null for a charge. Histories, which nobody rewrites, call it so. */
  productId: string | null;
  title: string;
  quantity: number;
  /** Minor units. */
  unitPrice: number;
  /** The price of the catalog that it was made from; null where somebody named another, and for a charge. */
  priceId: string | null;
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
  /** Where it is packed: the bare id of a location; null where nobody knows. */
  locationId: string | null;
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

/** Of parts that are in both, the fields of the later ones count; new ones come at the end. */
export function mergedParts(earlier: Partial<OrderParts>, later: Partial<OrderParts>): OrderParts {
  return {
    lines: merged(earlier.lines, later.lines, byNumber),
    fulfillments: merged(earlier.fulfillments, later.fulfillments, byId),
    refunds: merged(earlier.refunds, later.refunds, byId),
    lineCancellations: merged(earlier.lineCancellations, later.lineCancellations, byId),
    returns: merged(earlier.returns, later.returns, byId),
    edits: merged(earlier.edits, later.edits, byId),
  };
}

/** Parts by name; of each its key and the fields that changed, or all fields where it is new. */
export type PartChanges = { [Name in keyof OrderParts]?: Array<Partial<OrderParts[Name][number]>> };

/** What `later` changes about `earlier`: merged with that, it leads to the same. */
export function partChanges(
  earlier: Partial<OrderParts>,
  later: Partial<OrderParts>,
): PartChanges | undefined {
  const changes: PartChanges = {
    lines: changed(earlier.lines, later.lines, byNumber, 'lineNumber'),
    fulfillments: changed(earlier.fulfillments, later.fulfillments, byId, 'id'),
    refunds: changed(earlier.refunds, later.refunds, byId, 'id'),
    lineCancellations: changed(earlier.lineCancellations, later.lineCancellations, byId, 'id'),
    returns: changed(earlier.returns, later.returns, byId, 'id'),
    edits: changed(earlier.edits, later.edits, byId, 'id'),
  };
  const named = Object.entries(changes).filter(([, parts]) => parts);
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

const byId = ({ id }: { id: string }) => id;
const byNumber = ({ lineNumber }: { lineNumber: number }) => lineNumber;

function merged<Part>(
  earlier: Part[] = [],
  later: Part[] = [],
  keyOf: (part: Part) => unknown,
): Part[] {
  if (later.length === 0) return earlier;
  const parts = new Map(earlier.map((part) => [keyOf(part), part]));
  for (const part of later) parts.set(keyOf(part), { ...parts.get(keyOf(part)), ...part });
  return [...parts.values()];
}

function changed<Part extends object>(
  earlier: Part[] = [],
  later: Part[] = [],
  keyOf: (part: Part) => unknown,
  key: keyof Part,
): Array<Partial<Part>> | undefined {
  if (later.length === 0) return undefined;
  const before = new Map(earlier.map((part) => [keyOf(part), part]));
  return later.map((part) => {
    const known = before.get(keyOf(part));
    if (!known) return part;
    const names = (Object.keys(part) as Array<keyof Part>).filter(
      (name) => name === key || !isDeepStrictEqual(known[name], part[name]),
    );
    return Object.fromEntries(names.map((name) => [name, part[name]])) as Partial<Part>;
  });
}
