import { userError } from '@waybill/kernel/graphql/user-error.js';
import { isStaff } from '@waybill/kernel/identity.js';
import type { Asker } from './access.js';
import { checkTexts } from './check-texts.js';
import { NOTHING } from './decision.js';
import type { OrdersDependencies } from './dependencies.js';
import { type ChangeResult, plannedChange } from './guarded-change.js';
import type { WholeOrder } from './order-parts.js';
import { canBeCancelled, cancel } from './rules/cancellation.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

/**
 * Calls an order off: it becomes CANCELLING at once, and CANCELLED when its money and its units are given back.
 * Asked again while that runs or is done, it answers the same.
 */
export async function cancelOrder(
  dependencies: Pick<OrdersDependencies, 'changeOrder'>,
  asker: Asker,
  { orderId, reason }: { orderId: string; reason: string | null },
): Promise<ChangeResult> {
  const errors = checkTexts({ reason });
  if (errors.length > 0) return { orderId: null, errors };
  return plannedChange(dependencies, asker, orderId, (order) => {
    if (order.cancelTarget === 'CANCELLED') return NOTHING;
    const refusal = refuse(order, asker);
    return refusal ? { errors: [refusal] } : cancel(order, reason);
  });
}

function refuse(order: WholeOrder, asker: Asker): OrdersUserError | undefined {
  const byStaff = asker.kind !== 'guest' && isStaff(asker);
  if (canBeCancelled(order, byStaff)) return undefined;
  const help = byStaff ? 'Refund it instead.' : 'Ask for a refund instead.';
  const message = `An order that is ${order.status} cannot be cancelled. ${help}`;
  return userError(Code.INVALID_STATE, message, ['orderId']);
}
