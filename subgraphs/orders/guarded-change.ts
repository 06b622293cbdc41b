import type { Identity } from '@waybill/kernel/identity.js';
import { actorOf, canSee, NO_SUCH_ORDER } from './access.js';
import { type Command, decide } from './decide.js';
import type { OrdersDependencies } from './dependencies.js';
import type { OrderState } from './order.js';
import type { OrdersUserError } from './user-errors.js';

export type ChangeResult =
  | { orderId: string; errors: [] }
  | { orderId: null; errors: OrdersUserError[] };

/**
 * Carries out a command that a person asks for, unless `refuse` objects to the order as it is under lock.
 * An order that the asker may not see is refused like one that does not exist.
 */
export async function guardedChange(
  { changeOrder }: Pick<OrdersDependencies, 'changeOrder'>,
  identity: Identity,
  orderId: string,
  command: Command,
  refuse: (order: OrderState) => OrdersUserError | undefined,
): Promise<ChangeResult> {
  let refusal: OrdersUserError | undefined;
  const changed = await changeOrder({
    orderId,
    actor: actorOf(identity),
    decide: (order) => {
      refusal = canSee(identity, order.customerId) ? refuse(order) : NO_SUCH_ORDER;
      return refusal ? { facts: [], patch: {} } : decide(order, command);
    },
  });
  if (!changed) refusal = NO_SUCH_ORDER;
  return refusal ? { orderId: null, errors: [refusal] } : { orderId, errors: [] };
}
