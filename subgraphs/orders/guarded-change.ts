import { type Asker, actorOf, canSee, moverOf, NO_SUCH_ORDER } from './access.js';
import { type Command, decide } from './decide.js';
import { type Decision, NOTHING } from './decision.js';
import type { OrdersDependencies } from './dependencies.js';
import type { OrderState } from './order.js';
import type { WholeOrder } from './order-parts.js';
import type { Planned } from './rules/planned.js';
import type { OrdersUserError } from './user-errors.js';

export type ChangeResult =
  | { orderId: string; errors: [] }
  | { orderId: null; errors: OrdersUserError[] };

/**
 * Carries out a command that a person asks for, unless `refuse` objects to the order as it is under lock.
 * An order that the asker may not see is refused like one that does not exist.
 */
export async function guardedChange(
  dependencies: Pick<OrdersDependencies, 'changeOrder'>,
  asker: Asker,
  orderId: string,
  command: Command | ((order: OrderState) => Decision),
  refuse: (order: OrderState) => OrdersUserError | undefined,
): Promise<ChangeResult> {
  let refusal: OrdersUserError | undefined;
  const changed = await dependencies.changeOrder({
    orderId,
    actor: actorOf(asker),
    decide: (order) => {
      refusal = canSee(asker, order) ? refuse(order) : NO_SUCH_ORDER;
      if (refusal) return NOTHING;
      return typeof command === 'function' ? command(order) : decide(order, command);
    },
  });
  if (!changed) refusal = NO_SUCH_ORDER;
  return refusal ? { orderId: null, errors: [refusal] } : { orderId, errors: [] };
}

/** The same where the rules look at the whole order: they plan the change or refuse it. */
export async function plannedChange(
  dependencies: Pick<OrdersDependencies, 'changeOrder'>,
  asker: Asker,
  orderId: string,
  plan: (order: WholeOrder) => Planned,
): Promise<ChangeResult> {
  let errors: OrdersUserError[] = [NO_SUCH_ORDER];
  await dependencies.changeOrder({
    orderId,
    actor: actorOf(asker),
    decideWhole: (order) => {
      const askedBy = moverOf(asker);
      const planned = canSee(asker, order) ? plan({ ...order, askedBy }) : { errors };
      errors = 'errors' in planned ? planned.errors : [];
      return 'errors' in planned ? NOTHING : planned;
    },
  });
  return errors.length > 0 ? { orderId: null, errors } : { orderId, errors: [] };
}
