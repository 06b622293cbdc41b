import { batched } from '@waybill/kernel/batch.js';
import type { Database } from '@waybill/kernel/database.js';
import type { UserError } from '@waybill/kernel/graphql/user-error.js';
import { type Asked, oncePerKey } from '@waybill/kernel/idempotency.js';
import { changeOrders } from './change-orders.js';
import type { OrdersContext } from './context.js';
import type { OrdersDependencies } from './dependencies.js';
import { OrdersErrorCode as Code } from './user-errors.js';

/** What a use case may work with where its mutation takes a key: all of it is one transaction. */
export type WithinCall = Pick<OrdersDependencies, 'db' | 'commands' | 'changeOrder' | 'committed'>;

const oncePer = oncePerKey<Code>({
  conflict: Code.IDEMPOTENCY_CONFLICT,
  badKey: Code.INVALID_INPUT,
});

/**
 * Carries out a mutation of this context once per `idempotencyKey` (kernel/idempotency.ts has the contract). A new
 * mutation takes `idempotencyKey` in its input and wraps its use case:
 *
 *     const asked = { mutation: 'cancelOrder', input, nothing: { orderId: null } };
 *     const result = await once<ChangeResult>(context, asked, (within) => cancelOrder(within, identity, request));
 *     return changed(context, result);
 *
 * The use case takes its dependencies from `within` alone, asks the database by `db.query` and `db.transaction` (not
 * `db.em()`), and answers plain JSON: ids, and `errors`. The payload is read when the call is over, from `context`.
 * `nothing` is what it answers beside errors where it did nothing: such an answer is never kept.
 * `tests/e2e/one-key-one-effect/mutations.ts` then wants a request that can be asked twice.
 */
export async function once<Answer extends { errors: UserError<Code>[] }>(
  context: OrdersContext,
  asked: Asked<Answer>,
  effect: (within: WithinCall) => Promise<Answer>,
): Promise<Answer> {
  if (asked.input.idempotencyKey == null) return effect(context);
  const answer = await oncePer(context, asked, (db) => effect(inTransaction(context, db)));
  context.committed();
  return answer;
}

/** Changes asked for together lock their orders together, in one sequence: so no two calls wait for each other. */
const ALL = 10_000;

function inTransaction({ commands }: OrdersContext, db: Database): WithinCall {
  return {
    db,
    commands,
    changeOrder: batched((changes) => changeOrders(db, changes), ALL),
    // Nothing is until the call is over.
    committed: () => {},
  };
}
