import { actorOf, type Identity, isStaff } from '@waybill/kernel/identity.js';
import type { OrderEventRow } from '../tables.js';

/** Codes of the system that customers may read as the reason of an event, or of how their order ended. */
const PUBLIC_REASONS = new Set([
  'OUT_OF_STOCK',
  'NOT_SELLABLE',
  'HOLD_EXPIRED',
  // What a bank says to anybody; finer codes may tell what it suspects.
  'CARD_DECLINED',
  'INSUFFICIENT_FUNDS',
  'PROVIDER_UNAVAILABLE',
  'DISCARDED',
  'MERGED',
  'DRAFT_EXPIRED',
]);

/**
 * The reason as this person may read it: staff all, customers their own words and what happened to their order. The
 * words of staff, and what a payment provider says beyond that a card was declined, stay in the shop.
 */
export function reasonFor(
  identity: Identity,
  { reason, actor }: Pick<OrderEventRow, 'reason' | 'actor'>,
): string | null {
  const own = actor === actorOf(identity);
  if (isStaff(identity) || own) return reason;
  return reason !== null && PUBLIC_REASONS.has(reason) ? reason : null;
}
