import { createHash } from 'node:crypto';
import { type Database, isUniqueViolation } from '@waybill/kernel/database.js';
import { type Account, accountOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { toMinor } from '@waybill/kernel/money.js';
import { checkKey, checkReason } from '../check-texts.js';
import { followed, NOTHING } from '../decision.js';
import type { OrdersDependencies } from '../dependencies.js';
import { plannedChange } from '../guarded-change.js';
import type { WholeOrder } from '../order-parts.js';
import { KEY_TAKEN } from '../place-order.js';
import type { Planned } from '../rules/planned.js';
import { type ReceivedUnits, receiveReturn, requestReturn } from '../rules/return.js';
import type { OrdersUserError } from '../user-errors.js';

export interface RecordReturn {
  orderId: string;
  idempotencyKey: string;
  lines: ReceivedUnits[];
  /** Decimal string; null gives back what the units cost. */
  amount: string | null;
  reason: string | null;
}

export type RecordedReturn =
  | { orderId: string; returnId: string; repeated: boolean; errors: [] }
  | { orderId: null; returnId: null; errors: OrdersUserError[] };

/**
 * Records goods that came back unannounced: taken in, put back to stock and refunded in one step. Staff only. The key
 * is kept with the return for good, so that what an import said years ago is still said once.
 */
export async function recordReturn(
  { db, changeOrder }: Pick<OrdersDependencies, 'db' | 'changeOrder'>,
  identity: Account,
  request: RecordReturn,
): Promise<RecordedReturn> {
  const invalid = [...checkKey(request.idempotencyKey), ...checkReason(request.reason)];
  if (invalid.length > 0) return refused(invalid);
  const ask = async () => {
    const earlier = await recordedBefore(db, accountOf(identity), request.idempotencyKey);
    return earlier ? again(earlier, request) : record({ changeOrder }, identity, request);
  };
  // Asked twice under one key at once: whoever comes second finds the first.
  return ask().catch((error) => (isUniqueViolation(error) ? ask() : Promise.reject(error)));
}

const refused = (errors: OrdersUserError[]): RecordedReturn => ({
  orderId: null,
  returnId: null,
  errors,
});

async function record(
  dependencies: Pick<OrdersDependencies, 'changeOrder'>,
  identity: Account,
  request: RecordReturn,
): Promise<RecordedReturn> {
  const { orderId } = request;
  let returnId = newId();
  let repeated: RecordedReturn | undefined;
  const result = await plannedChange(dependencies, identity, orderId, (order) => {
    const earlier = order.returns.find(
      ({ requestedBy, idempotencyKey }) =>
        requestedBy === accountOf(identity) && idempotencyKey === request.idempotencyKey,
    );
    if (!earlier) return planRecorded(order, returnId, accountOf(identity), request);
    returnId = earlier.id;
    repeated = again({ orderId, ...earlier }, request);
    return repeated.orderId === null ? { errors: repeated.errors } : NOTHING;
  });
  if (result.orderId === null) return refused(result.errors);
  return repeated ?? { orderId, returnId, repeated: false, errors: [] };
}

/** Announced and taken in at once. */
export function planRecorded(
  order: WholeOrder,
  id: string,
  userId: string,
  request: RecordReturn,
): Planned {
  const { idempotencyKey, lines: units, reason } = request;
  const amount =
    request.amount === null ? null : (toMinor(request.amount, order.currency) ?? Number.NaN);
  const key = { idempotencyKey, requestHash: hashOf(request) };
  const requested = requestReturn(order, { id, units, reason, requestedBy: userId }, key);
  if ('errors' in requested) return requested;
  let received: Planned = NOTHING;
  const both = followed(order, requested, (announced) => {
    const receipt = { refundId: newId(), units, amount, reason, receivedBy: userId };
    received = receiveReturn(announced, id, receipt);
    return 'errors' in received ? NOTHING : received;
  });
  return 'errors' in received ? received : both;
}

interface Earlier {
  id: string;
  orderId: string;
  requestHash: string | null;
}

function again({ id, orderId, requestHash }: Earlier, request: RecordReturn): RecordedReturn {
  if (requestHash === hashOf(request)) return { orderId, returnId: id, repeated: true, errors: [] };
  return refused([KEY_TAKEN]);
}

function hashOf({ orderId, lines, amount, reason }: RecordReturn): string {
  const units = lines.map(({ lineNumber, quantity, restock }) => [lineNumber, quantity, restock]);
  const text = JSON.stringify([orderId, units, amount, reason]);
  return createHash('sha256').update(text).digest('base64url');
}

async function recordedBefore({ query }: Pick<Database, 'query'>, userId: string, key: string) {
  const [row] = await query<Earlier>(
    'returns.by-key',
    `select id, order_id as "orderId", request_hash as "requestHash"
     from returns where requested_by = $1 and idempotency_key = $2`,
    [userId, key],
  );
  return row;
}
