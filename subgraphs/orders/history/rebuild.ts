import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import type { Decision } from '../decision.js';
import { type OrderState, type OrderStatus, storedState } from '../order.js';
import {
  type LineState,
  mergedParts,
  type OrderParts,
  type PartChanges,
  partChanges,
} from '../order-parts.js';
import type { DraftParts } from '../order-rows.js';
import type { ShippingAddress } from '../tables.js';
import { canonical } from './chain.js';

/** What an event changed, beside the status that it led to. */
export interface Changes {
  /** Fields of the order with their new values. */
  state?: Partial<PastState>;
  /** Lines, fulfillments and the like: all of new ones, of others their key and the fields that changed. */
  parts?: PartChanges;
}

interface PastState extends OrderState {
  shippingAddress: ShippingAddress | null;
}

/** An order as it can be told from its history. */
export type PastOrder = PastState & OrderParts;

export interface PastEvent {
  orderId: string;
  seq: number;
  fromStatus: string | null;
  toStatus: OrderStatus;
  changes: Changes;
}

/** What a decision changes; of a draft everything is told, since it is filled by statements of its own. */
export function changesOf(
  order: OrderState & Partial<OrderParts>,
  draft: DraftParts | undefined,
  { patch, parts: later }: Decision,
): Changes {
  if (draft) {
    const { lines, shippingAddress } = draft;
    return { state: { ...storedState(order), ...patch, shippingAddress }, parts: { lines } };
  }
  const state = changedFields(order, patch);
  const parts = later && partChanges(order, later);
  return { ...(hasFields(state) && { state }), ...(parts && { parts }) };
}

/** Seq and status are told by the event itself. */
function changedFields(order: OrderState, patch: Partial<OrderState>): Partial<OrderState> {
  const before = order as unknown as Record<string, unknown>;
  const changed = Object.entries(patch).filter(
    ([name, value]) => name !== 'seq' && name !== 'status' && before[name] !== value,
  );
  return Object.fromEntries(changed);
}

const hasFields = (object: object) => Object.keys(object).length > 0;

/** The order as its history tells it: all its events by seq, one after the other. */
export function rebuild(events: readonly PastEvent[]): Partial<PastOrder> {
  let order: Partial<PastOrder> = BEGINNING;
  for (const { orderId, seq, fromStatus, toStatus, changes } of events) {
    const before = fromStatus === 'DRAFT' ? {} : order;
    // Nothing is told of a part before all of it was.
    const parts = mergedParts(before, (changes.parts ?? {}) as Partial<OrderParts>);
    order = { ...order, ...changes.state, ...parts, id: orderId, seq, status: toStatus };
  }
  return {
    ...order,
    lines: order.lines?.map((line) => ({ ...UNTOUCHED, ...line })) ?? [],
    ...(order.fulfillments && {
      fulfillments: order.fulfillments.map((parcel) => ({ ...UNPLACED, ...parcel })),
    }),
  };
}

/** What is not said of an order when it begins. Histories rely on it: it never changes. */
export const BEGINNING = {
  paymentStatus: 'NONE',
  refundStatus: 'NONE',
  authorized: 0,
  captured: 0,
  refunded: 0,
  captureOn: 'CONFIRMATION',
  version: 1,
  paymentReversed: false,
  expiresAt: null,
  cancelTarget: null,
  reason: null,
  fulfillmentHold: null,
  needsAttention: null,
  contactEmail: null,
  workflowId: null,
  workflowStatus: null,
  pendingCapture: null,
  storefrontId: MAIN_STOREFRONT_ID,
} as const;

/** A line of which nothing has happened to any unit yet; those of old say nothing of the price that they were made from. */
const UNTOUCHED: Pick<LineState, Counter | 'priceId'> = {
  priceId: null,
  cancelled: 0,
  fulfilled: 0,
  shipped: 0,
  returned: 0,
  refunded: 0,
};
/** Parcels that were packed before anybody asked where. */
const UNPLACED = { locationId: null };

type Counter = 'cancelled' | 'fulfilled' | 'shipped' | 'returned' | 'refunded';

/** Names of the fields in which two views of one order differ: `captured`, `lines`. */
export function differences(one: Partial<PastOrder>, other: Partial<PastOrder>): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])] as Array<
    keyof PastOrder
  >;
  return names.filter((name) => comparable(one, name) !== comparable(other, name)).toSorted();
}

function comparable(order: Partial<PastOrder>, name: keyof PastOrder): string {
  const value = order[name] ?? null;
  // The database keeps microseconds, and writes times in its own way.
  if (name === 'expiresAt' && value !== null) return new Date(value as string).toISOString();
  // Parts have keys, no sequence.
  return Array.isArray(value) ? value.map(canonical).toSorted().join() : canonical(value);
}
