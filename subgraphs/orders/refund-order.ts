import { createHash } from 'node:crypto';
import type { Query } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { KEY_CONFLICT } from '@waybill/kernel/idempotency.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { toMinor } from '@waybill/kernel/money.js';
import { actorOf, NO_SUCH_ORDER } from './access.js';
import { changeOrder } from './change-orders.js';
import { checkKey, checkTexts } from './check-texts.js';
import { noted } from './decision.js';
import type { OrdersDependencies } from './dependencies.js';
import type { OrderState } from './order.js';
import {
  planRefund,
  type RefundableLine,
  type RefundLineRequest,
  type RefundPlan,
} from './rules/plan-refund.js';
import { type RefundRow, RefundTable } from './tables.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

export interface RefundRequest {
  orderId: string;
  idempotencyKey: string;
  lines: RefundLineRequest[];
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
  { db, committed }: Pick<OrdersDependencies, 'db' | 'committed'>,
  identity: Identity & { kind: 'user' },
  request: RefundRequest,
): Promise<RefundOrderResult> {
  const invalid = [...checkKey(request.idempotencyKey), ...checkTexts(request)];
  if (invalid.length > 0) return { refund: null, errors: invalid };
  const ask = () => db.transaction((query) => requestRefund(query, identity, request));
  // Two orders asked to refund under one key at once: whoever comes second finds the first.
  const outcome = await ask().catch((error) => (isKeyTaken(error) ? ask() : Promise.reject(error)));
  committed();
  if ('errors' in outcome) return { refund: null, errors: outcome.errors };
  const refund = (await db.em().findOneOrFail(RefundTable, { id: outcome.refundId })) as RefundRow;
  return { refund, repeated: outcome.repeated, errors: [] };
}

const UNIQUE_VIOLATION = '23505';

function isKeyTaken(error: { code?: unknown }): boolean {
  return error.code === UNIQUE_VIOLATION;
}

type Outcome = { refundId: string; repeated: boolean } | { errors: OrdersUserError[] };

async function requestRefund(
  query: Query,
  identity: Identity & { kind: 'user' },
  request: RefundRequest,
): Promise<Outcome> {
  // The order's lock comes first: two refunds of one order are decided one after the other.
  let outcome: Outcome = { errors: [NO_SUCH_ORDER] };
  const lines = await lockLines(query, request.orderId);
  const before = await earlierRequest(query, identity.userId, request.idempotencyKey);
  if (before) return repeated(before, request);
  const pending = await pendingAmount(query, request.orderId);
  const refundId = newId();
  let plan: RefundPlan | undefined;
  await changeOrder(query, {
    orderId: request.orderId,
    actor: actorOf(identity),
    decide: (order) => {
      const planned = planRefund(order, lines, pending, minorRequest(order, request));
      if ('errors' in planned) {
        outcome = planned;
        return { facts: [], patch: {} };
      }
      plan = planned;
      outcome = { refundId, repeated: false };
      return noted(
        order,
        'refund_requested',
        refundDue(refundId, planned, request.reason),
        request.reason,
      );
    },
  });
  if (plan) await storeRefund(query, refundId, identity.userId, request, plan);
  return outcome;
}

function minorRequest(order: OrderState, request: RefundRequest) {
  const amount =
    request.amount === null ? null : (toMinor(request.amount, order.currency) ?? Number.NaN);
  return { lines: request.lines, amount, restock: request.restock };
}

function refundDue(refundId: string, { amount, restock }: RefundPlan, reason: string | null) {
  return { refundId, amount, reason: reason ?? '', restock };
}

interface EarlierRequest {
  id: string;
  requestHash: string;
}

function repeated(before: EarlierRequest, request: RefundRequest): Outcome {
  if (before.requestHash === hashOf(request)) return { refundId: before.id, repeated: true };
  return { errors: [userError(Code.IDEMPOTENCY_CONFLICT, KEY_CONFLICT, ['idempotencyKey'])] };
}

function hashOf({ orderId, lines, amount, restock, reason }: RefundRequest): string {
  const sorted = lines.map(({ lineNumber, quantity }) => [lineNumber, quantity]);
  const text = JSON.stringify([orderId, sorted, amount, restock, reason]);
  return createHash('sha256').update(text).digest('base64url');
}

async function lockLines(query: Query, orderId: string): Promise<RefundableLine[]> {
  await query('refunds.lock-order', 'select id from orders where id = $1 for update', [orderId]);
  return query<RefundableLine>(
    'refunds.lines',
    `select line_number as "lineNumber", kind, sku, quantity, refunded_quantity as "refundedQuantity",
            unit_price::float8 as "unitPrice"
     from order_lines where order_id = $1`,
    [orderId],
  );
}

async function earlierRequest(query: Query, userId: string, key: string) {
  const [row] = await query<EarlierRequest>(
    'refunds.by-key',
    `select id, request_hash as "requestHash"
     from refunds where requested_by = $1 and idempotency_key = $2`,
    [userId, key],
  );
  return row;
}

async function pendingAmount(query: Query, orderId: string): Promise<number> {
  const [row] = await query<{ amount: number }>(
    'refunds.pending',
    `select coalesce(sum(amount), 0)::float8 as amount from refunds where order_id = $1 and status = 'PENDING'`,
    [orderId],
  );
  return row?.amount ?? 0;
}

async function storeRefund(
  query: Query,
  id: string,
  userId: string,
  request: RefundRequest,
  plan: RefundPlan,
): Promise<void> {
  await query(
    'refunds.insert',
    `with l as (
       select * from json_to_recordset($9::json) as l("lineNumber" int, sku text, quantity int)
     ), counted as (
       update order_lines o set refunded_quantity = refunded_quantity + l.quantity
       from l where o.order_id = $2 and o.line_number = l."lineNumber"
     )
     insert into refunds (id, order_id, requested_by, idempotency_key, request_hash, status, amount, reason,
                          restock, lines)
     values ($1, $2, $3, $4, $5, 'PENDING', $6, $7, $8, $9::jsonb)`,
    [
      id,
      request.orderId,
      userId,
      request.idempotencyKey,
      hashOf(request),
      plan.amount,
      request.reason,
      request.restock,
      JSON.stringify(plan.lines),
    ],
  );
}
