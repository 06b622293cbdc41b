import type { Account } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { toMinor } from '@waybill/kernel/money.js';
import { checkKey, checkReason } from '../check-texts.js';
import { followed, NOTHING } from '../decision.js';
import type { OrdersDependencies } from '../dependencies.js';
import { type KeptKey, type KeptResult, underKeptKey } from '../kept-key.js';
import type { WholeOrder } from '../order-parts.js';
import type { Planned } from '../rules/planned.js';
import { type ReceivedUnits, receiveReturn, requestReturn } from '../rules/return.js';

export interface RecordReturn {
  orderId: string;
  idempotencyKey: string;
  lines: ReceivedUnits[];
  /** Decimal string; null gives back what the units cost. */
  amount: string | null;
  reason: string | null;
  /** Bare id of the location where units go back to stock; null for where they left from. */
  locationId: string | null;
}

/**
 * Records goods that came back unannounced: taken in, put back to stock and refunded in one step; answers the return
 * as `partId`. Staff only.
 */
export async function recordReturn(
  dependencies: Pick<OrdersDependencies, 'db' | 'changeOrder'>,
  identity: Account,
  request: RecordReturn,
): Promise<KeptResult> {
  const { orderId, idempotencyKey, lines, amount, reason, locationId } = request;
  const errors = [...checkKey(idempotencyKey), ...checkReason(reason)];
  if (errors.length > 0) return { orderId: null, partId: null, errors };
  const units = lines.map(({ lineNumber, quantity, restock }) => [lineNumber, quantity, restock]);
  return underKeptKey(dependencies, identity, {
    ...{ orderId, parts: 'returns', idempotencyKey },
    // Keys count for good: what they say without a location stays as it always was.
    says: [orderId, units, amount, reason, ...(locationId === null ? [] : [locationId])],
    plan: (order, id, key) => planRecorded(order, id, request, key),
  });
}

/** Announced and taken in at once. */
export function planRecorded(
  order: WholeOrder,
  id: string,
  {
    lines: units,
    amount: named,
    reason,
    locationId,
  }: Pick<RecordReturn, 'lines' | 'amount' | 'reason' | 'locationId'>,
  { requestedBy, ...key }: KeptKey,
): Planned {
  const requested = requestReturn(order, { id, units, reason, requestedBy }, key);
  if ('errors' in requested) return requested;
  const amount = named === null ? null : (toMinor(named, order.currency) ?? Number.NaN);
  let received: Planned = NOTHING;
  const both = followed(order, requested, (announced) => {
    const receipt = {
      ...{ refundId: newId(), units, amount, reason, locationId },
      receivedBy: requestedBy,
    };
    received = receiveReturn(announced, id, receipt);
    return 'errors' in received ? NOTHING : received;
  });
  return 'errors' in received ? received : both;
}
