import { isStaff } from '@waybill/kernel/identity.js';
import type { Asker } from './access.js';
import { checkTexts } from './check-texts.js';
import type { OrdersDependencies } from './dependencies.js';
import { type ChangeResult, plannedChange } from './guarded-change.js';
import { planCancellation } from './rules/cancellation.js';

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
  const asked = { byStaff: asker.kind !== 'guest' && isStaff(asker), reason };
  return plannedChange(dependencies, asker, orderId, (order) => planCancellation(order, asked));
}
