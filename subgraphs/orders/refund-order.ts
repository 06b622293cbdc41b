import { createHash } from 'node:crypto';
import { type Database, isUniqueViolation } from '@waybill/kernel/database.js';
import { type Account, accountOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { toMinor } from '@waybill/kernel/money.js';
import { checkKey, checkTexts } from './check-texts.js';
import { NOTHING } from './decision.js';
import type { OrdersDependencies } from './dependencies.js';
import { plannedChange } from './guarded-change.js';
import type { WholeOrder } from './order-parts.js';
import { KEY_TAKEN } from './place-order.js';
import { planRefund } from './rules/plan-refund.js';
import type { UnitsRequest } from './rules/units.js';
import { type RefundRow, RefundTable } from './tables.js';
import type { OrdersUserError } from './user-errors.js';

export interface RefundRequest {
  orderId: string;
  idempotencyKey: string;
  lines: UnitsRequest[];
  /** Decimal string; null refunds what the lines cost. */
  amount: string | null;
  restock: boolean;
  reason: string | null;
}

export type RefundOrderResult =
  | { refund: RefundRow; repeated: boolean; errors: [] }
  | { refund: null; errors: OrdersUserError[] };

/**
 * Asks for money back, in full or in part; the payment job carries it out, then the goods go back to stock.
 * Never above what was captured and is not yet refunded or being refunded. Staff only.
 */
export async function refundOrder(
  { db, changeOrder }: Pick<OrdersDependencies, 'db' | 'changeOrder'>,
  identity: Account,
  request: RefundRequest,
): Promise<RefundOrderResult> {
  const invalid = [...checkKey(request.idempotencyKey), ...checkTexts(request)];
  if (invalid.length > 0) return { refund: null, errors: invalid };
  const ask = async () => {
    const before = await earlierRequest(db, accountOf(identity), request.idempotencyKey);
    return before ? repeated(before, request) : requestRefund({ changeOrder }, identity, request);
  };
  // Asked twice under one key at once: whoever comes second finds the first.
  const outcome = await ask().catch((error) =>
    isUniqueViolation(error) ? ask() : Promise.reject(error),
  );
  if ('errors' in outcome) return { refund: null, errors: outcome.errors };
  const refund = (await db.em().findOneOrFail(RefundTable, { id: outcome.refundId })) as RefundRow;
  return { refund, repeated: outcome.repeated, errors: [] };
}

type Outcome = { refundId: string; repeated: boolean } | { errors: OrdersUserError[] };

async function requestRefund(
  dependencies: Pick<OrdersDependencies, 'changeOrder'>,
  identity: Account,
  request: RefundRequest,
): Promise<Outcome> {
  let outcome: Outcome = { refundId: newId(), repeated: false };
  const { orderId } = request;
  const result = await plannedChange(dependencies, identity, orderId, (order) => {
    const before = order.refunds.find(isUnder(accountOf(identity), request.idempotencyKey));
    if (before) outcome = repeated(before, request);
    if ('errors' in outcome) return outcome;
    return before ? NOTHING : planRefund(order, wishOf(order, identity, request, outcome.refundId));
  });
  return result.orderId === null ? { errors: result.errors } : outcome;
}

const isUnder =
  (userId: string, key: string) => (refund: { requestedBy: string; idempotencyKey: string }) =>
    refund.requestedBy === userId && refund.idempotencyKey === key;

function wishOf(order: WholeOrder, requester: Account, request: RefundRequest, id: string) {
  const { lines, restock, reason, idempotencyKey } = request;
  const amount =
    request.amount === null ? null : (toMinor(request.amount, order.currency) ?? Number.NaN);
  const requestHash = hashOf(request);
  return {
    id,
    lines,
    amount,
    restock,
    reason,
    requestedBy: accountOf(requester),
    idempotencyKey,
    requestHash,
  };
}

interface EarlierRequest {
  id: string;
  requestHash: string;
}

function repeated(before: EarlierRequest, request: RefundRequest): Outcome {
  if (before.requestHash === hashOf(request)) return { refundId: before.id, repeated: true };
  return { errors: [KEY_TAKEN] };
}

function hashOf({ orderId, lines, amount, restock, reason }: RefundRequest): string {
  const sorted = lines.map(({ lineNumber, quantity }) => [lineNumber, quantity]);
  const text = JSON.stringify([orderId, sorted, amount, restock, reason]);
  return createHash('sha256').update(text).digest('base64url');
}

async function earlierRequest({ query }: Database, userId: string, key: string) {
  const [row] = await query<EarlierRequest>(
    'refunds.by-key',
    `select id, request_hash as "requestHash"
     from refunds where requested_by = $1 and idempotency_key = $2`,
    [userId, key],
  );
  return row;
}
