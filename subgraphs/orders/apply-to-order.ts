import type { BatchHandler } from '@waybill/kernel/batch.js';
import { asCaller } from '@waybill/kernel/callers.js';
import type { Commands } from '@waybill/schema/commands.js';
import { decide, decideWhole, isOfParts } from './decide.js';
import type { OrdersDependencies } from './dependencies.js';

type Apply = Commands['orders']['applyToOrder'];

/** How the history names the saga. */
export const JOBS = 'service:jobs';

/** How the saga records its steps. A step that comes late or twice changes nothing and hears where the order is. */
export function applyToOrders({
  changeOrder,
}: Pick<OrdersDependencies, 'changeOrder'>): BatchHandler<Apply['input'], Apply['output']> {
  const apply = async ({ orderId, command }: Apply['input']) => {
    const changed = await changeOrder({
      orderId,
      actor: JOBS,
      ...(isOfParts(command)
        ? { decideWhole: (order) => decideWhole(order, command) }
        : { decide: (order) => decide(order, command) }),
    });
    if (!changed) return new Error(`there is no order ${orderId}`);
    const { status, total, captureOn } = changed.order;
    return { status, applied: changed.applied, total, captureOn };
  };
  return (inputs) => Promise.all(inputs.map((input) => asCaller(input, () => apply(input))));
}
