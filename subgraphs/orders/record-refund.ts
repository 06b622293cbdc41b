import type { Query } from '@waybill/kernel/database.js';
import type { OrderCommand } from '@waybill/schema/commands.js';
import { type Changed, changeOrder } from './change-orders.js';
import { decide } from './decide.js';
import type { OrdersDependencies } from './dependencies.js';

type RefundRecord = Extract<OrderCommand, { type: 'recordRefunded' | 'recordRefundFailed' }>;

export function isRefundRecord(command: OrderCommand): command is RefundRecord {
  return command.type === 'recordRefunded' || command.type === 'recordRefundFailed';
}

/** Records the provider's answer, once: the refund's row and the order change in one transaction. */
export async function recordRefund(
  { db, committed }: Pick<OrdersDependencies, 'db' | 'committed'>,
  orderId: string,
  command: RefundRecord,
): Promise<Changed | undefined> {
  const changed = await db.transaction(async (query) => {
    // The order's lock comes first, as everywhere.
    await query('refunds.lock-order', 'select id from orders where id = $1 for update', [orderId]);
    const settled = await settleRefund(query, orderId, command);
    return changeOrder(query, {
      orderId,
      actor: 'service:jobs',
      decide: (order) => (settled ? decide(order, command) : { facts: [], patch: {} }),
    });
  });
  committed();
  return changed;
}

/** False where it was settled before. Units of a refund that failed can be asked for again. */
async function settleRefund(
  query: Query,
  orderId: string,
  command: RefundRecord,
): Promise<boolean> {
  const failed = command.type === 'recordRefundFailed';
  const rows = await query(
    'refunds.settle',
    `update refunds set status = $3, failure_code = $4, amount = coalesce($5, amount)
     where id = $1 and order_id = $2 and status = 'PENDING' returning id`,
    [
      command.refundId,
      orderId,
      failed ? 'FAILED' : 'REFUNDED',
      command.code ?? null,
      failed ? null : command.amount,
    ],
  );
  if (failed && rows.length > 0) await giveUnitsBack(query, command.refundId);
  return rows.length > 0;
}

async function giveUnitsBack(query: Query, refundId: string): Promise<void> {
  await query(
    'refunds.give-back',
    `update order_lines o set refunded_quantity = refunded_quantity - l.quantity
     from refunds r, jsonb_to_recordset(r.lines) as l("lineNumber" int, quantity int)
     where r.id = $1 and o.order_id = r.order_id and o.line_number = l."lineNumber"`,
    [refundId],
  );
}
