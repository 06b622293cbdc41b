import { type PastEvent, type PastOrder, rebuild } from '../history/rebuild.js';
import { type Sale, type SoldOrder, salesOf } from './sales-of.js';

/** Events that can change what an order sold; only those from its confirmation on do. */
export const SELLING = [
  'confirmed',
  'edited',
  'lines_cancelled',
  'cancelling',
  'payment_reversed',
  'refunded',
] as const;

/** One event of an order, as sales are told from it. */
export interface SellingEvent extends PastEvent {
  type: string;
  /** ISO 8601, or as the database writes it. */
  at: string;
}

/** What one event sold and took back. */
export interface SalesOfEvent {
  orderId: string;
  seq: number;
  /** UTC, `2026-11-21`. */
  day: string;
  /** When the order was confirmed. */
  confirmedAt: Date;
  storefrontId: string;
  currency: string;
  /** Where it was sent when it was confirmed; null where that is nowhere. */
  country: string | null;
  /** Whether the order counts with this event: it is its confirmation. */
  isFirst: boolean;
  sales: Sale[];
}

/** The sales of one order, told from all its events by seq. */
export function salesInHistory(events: readonly SellingEvent[]): SalesOfEvent[] {
  const confirmed = events.findIndex(({ type }) => type === 'confirmed');
  if (confirmed < 0) return [];
  // Of orders older than their histories, what is known at first is all of what they were by then.
  const known = events.findIndex(({ changes }) => changes.state?.currency !== undefined);
  let before: SoldOrder | undefined;
  let first: PastOrder | undefined;
  return events.flatMap((event, i): SalesOfEvent[] => {
    if (i < confirmed || !(SELLING as readonly string[]).includes(event.type)) return [];
    const after = rebuild(events.slice(0, Math.max(toldAt(events, i), known) + 1)) as PastOrder;
    const isFirst = first === undefined;
    first ??= after;
    const sales = salesOf(before, withAllParts(after));
    before = withAllParts(after);
    return [
      {
        orderId: event.orderId,
        seq: event.seq,
        day: new Date(event.at).toISOString().slice(0, 10),
        confirmedAt: new Date((events[confirmed] as SellingEvent).at),
        storefrontId: after.storefrontId,
        currency: after.currency,
        country: first.shippingAddress?.country ?? null,
        isFirst,
        sales,
      },
    ];
  });
}

/** What several events of one moment changed is told by the last of them. */
function toldAt(events: readonly SellingEvent[], i: number): number {
  const { at } = events[i] as SellingEvent;
  const told = events.findIndex(
    (event, j) => j >= i && event.at === at && Object.keys(event.changes).length > 0,
  );
  return Math.max(told, i);
}

/** Nothing is told of parts that there are none of. */
const withAllParts = (order: PastOrder): SoldOrder => ({
  ...order,
  refunds: order.refunds ?? [],
  edits: order.edits ?? [],
});
