import { IN_FULFILLMENT } from '../order.js';
import type { OrderEventRow } from '../tables.js';

export const MILESTONES = [
  'PLACED',
  'PAYMENT_DECLINED',
  'CONFIRMED',
  'PAID',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'PARCEL_DELIVERED',
  'DELIVERED',
  'PARTIALLY_CANCELLED',
  'EDITED',
  'EDIT_REJECTED',
  'CANCELLED',
  'FAILED',
  'EXPIRED',
  'RETURN_REQUESTED',
  'RETURN_REJECTED',
  'RETURN_RECEIVED',
  'REFUNDED',
] as const;
export type Milestone = (typeof MILESTONES)[number];

/** What a customer reads of an order's history. */
export interface TimelineEntry {
  milestone: Milestone;
  text: string;
  at: Date;
  /** Money paid or given back, in minor units. */
  amount: number | null;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
}

type PastEvent = Pick<OrderEventRow, 'type' | 'toStatus' | 'reason' | 'data' | 'changes' | 'at'>;

/** What each event that matters to customers says to them. All others are steps of ours. */
const WORDING: Record<string, { milestone: Milestone; text: string }> = {
  placed: { milestone: 'PLACED', text: 'We have your order.' },
  payment_declined: {
    milestone: 'PAYMENT_DECLINED',
    text: 'Your payment was declined. You can try another way to pay.',
  },
  confirmed: { milestone: 'CONFIRMED', text: 'Everything in it is set aside for you.' },
  partially_shipped: { milestone: 'PARTIALLY_SHIPPED', text: 'A part of it is on its way.' },
  shipped: { milestone: 'SHIPPED', text: 'All of it is on its way.' },
  fulfillment_delivered: { milestone: 'PARCEL_DELIVERED', text: 'A parcel has arrived.' },
  delivered: { milestone: 'DELIVERED', text: 'All of it has arrived.' },
  lines_cancelled: { milestone: 'PARTIALLY_CANCELLED', text: 'A part of it was called off.' },
  edited: { milestone: 'EDITED', text: 'What you ordered was changed.' },
  edit_rejected: { milestone: 'EDIT_REJECTED', text: 'What you ordered could not be changed.' },
  cancelled: { milestone: 'CANCELLED', text: 'It is cancelled; nothing is owed.' },
  failed: { milestone: 'FAILED', text: 'It could not be completed; nothing is owed.' },
  expired: { milestone: 'EXPIRED', text: 'It was not paid in time; nothing is owed.' },
  return_requested: { milestone: 'RETURN_REQUESTED', text: 'You can send it back.' },
  return_rejected: { milestone: 'RETURN_REJECTED', text: 'It cannot be taken back.' },
  return_received: { milestone: 'RETURN_RECEIVED', text: 'What you sent back has arrived.' },
  refunded: { milestone: 'REFUNDED', text: 'Money is on its way back to you.' },
};

/** Types of the events that a timeline is made of. */
export const TOLD_TO_CUSTOMERS = Object.keys(WORDING);

const FAILURES: Record<string, string> = {
  OUT_OF_STOCK: 'Somebody else was faster: not everything is left. Nothing is owed.',
  NOT_SELLABLE: 'Something in it is not for sale any more. Nothing is owed.',
};

/** The history in plain phrases: no step of the system, nobody of the staff, no reason or code of ours. */
export function timelineOf(events: readonly PastEvent[]): TimelineEntry[] {
  let captured = 0;
  return events.flatMap((event, i) => {
    const { captured: now = captured } = event.changes.state ?? {};
    const paid = TAKES_MONEY.has(event.type) ? now - captured : 0;
    captured = now;
    const entries = paid > 0 ? [entry(event, PAID, paid)] : [];
    return arrivesAsAWhole(event, events[i + 1]) ? entries : [...entries, told(event)].flat();
  });
}

const TAKES_MONEY = new Set(['edited', 'confirmed', 'partially_shipped', 'shipped']);
const PAID = { milestone: 'PAID', text: 'Your payment has arrived.' } as const;

/** The last parcel is told of as the whole order. */
const arrivesAsAWhole = (event: PastEvent, next: PastEvent | undefined) =>
  event.type === 'fulfillment_delivered' && next?.type === 'delivered';

function told(event: PastEvent): TimelineEntry[] {
  const wording = WORDING[event.type];
  if (!wording) return [];
  // Once it is confirmed, another way to pay is the business of staff.
  if (event.type === 'payment_declined' && IN_FULFILLMENT.includes(event.toStatus)) return [];
  const text =
    event.type === 'failed' ? (FAILURES[event.reason ?? ''] ?? wording.text) : wording.text;
  const { amount } = event.data as { amount?: number };
  return [entry(event, { ...wording, text }, event.type === 'refunded' ? (amount ?? null) : null)];
}

function entry(
  { at, data }: PastEvent,
  wording: { milestone: Milestone; text: string },
  amount: number | null,
): TimelineEntry {
  const { parcel } = data as {
    parcel?: Pick<TimelineEntry, 'carrier' | 'trackingNumber' | 'trackingUrl'>;
  };
  const { carrier = null, trackingNumber = null, trackingUrl = null } = parcel ?? {};
  return { ...wording, at, amount, carrier, trackingNumber, trackingUrl };
}
