import type { Account } from '@waybill/kernel/identity.js';
import { toMinor } from '@waybill/kernel/money.js';
import { checkKey, checkTexts } from './check-texts.js';
import type { OrdersDependencies } from './dependencies.js';
import { underKeptKey } from './kept-key.js';
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
  const { orderId, idempotencyKey, lines, amount, restock, reason } = request;
  const units = lines.map(({ lineNumber, quantity }) => [lineNumber, quantity]);
  const result = await underKeptKey({ db, changeOrder }, identity, {
    ...{ orderId, parts: 'refunds', idempotencyKey },
    says: [orderId, units, amount, restock, reason],
    plan: (order, id, key) => {
      const minor = amount === null ? null : (toMinor(amount, order.currency) ?? Number.NaN);
      return planRefund(order, { id, lines, amount: minor, restock, reason, ...key });
    },
  });
  if (result.orderId === null) return { refund: null, errors: result.errors };
  const refund = (await db.em().findOneOrFail(RefundTable, { id: result.partId })) as RefundRow;
  return { refund, repeated: result.repeated, errors: [] };
}
