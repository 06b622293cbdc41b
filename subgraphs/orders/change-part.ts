import type { Query } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { isUuid } from '@waybill/kernel/ids.js';
import type { Asker } from './access.js';
import type { OrdersContext } from './context.js';
import { plannedChange } from './guarded-change.js';
import { once } from './once.js';
import type { WholeOrder } from './order-parts.js';
import type { Planned } from './rules/planned.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

/** A mutation about one part of an order: a fulfillment, a return. */
export interface PartMutation {
  mutation: string;
  input: { idempotencyKey?: string | null };
  /** Who asks, where that is not who is logged in, and whose key it is then. */
  asker?: Asker;
  owner?: string | undefined;
  /** What is wrong with the input in itself. */
  invalid?: OrdersUserError[];
  /** Bare id of the part that the answer is about. */
  partId: string;
  /** Bare id of the order; undefined where the part is to be looked up by its own. */
  orderId?: string | undefined;
  /** Bare id of the part to look the order up by; `partId` if nothing is said. */
  knownPartId?: string | undefined;
  parts: PartKind;
  plan(order: WholeOrder): Planned;
}

/** Where parts of one kind are kept, and what the input calls their id. */
export interface PartKind {
  table: 'fulfillments' | 'returns';
  field: string;
}

export type PartChange =
  | { orderId: string; partId: string; errors: [] }
  | { orderId: null; partId: null; errors: OrdersUserError[] };

/** Carries out a mutation as planned, once per key; answers which order and which part it was about. */
export async function changePart(
  context: OrdersContext,
  { mutation, input, invalid = [], partId, ...asked }: PartMutation,
): Promise<PartChange> {
  if (invalid.length > 0) return { ...NOTHING_DONE, errors: invalid };
  const call = { mutation, input, owner: asked.owner, nothing: NOTHING_DONE };
  return once<PartChange>(context, call, async (within) => {
    const known = asked.knownPartId ?? partId;
    const orderId = asked.orderId ?? (await orderOfPart(within.db.query, asked.parts, known));
    if (!orderId) return { ...NOTHING_DONE, errors: [noSuchPart(asked.parts)] };
    const asker = asked.asker ?? context.identity;
    const result = await plannedChange(within, asker, orderId, asked.plan);
    if (result.orderId === null) return { ...NOTHING_DONE, errors: hidden(result.errors, asked) };
    return { orderId, partId, errors: [] };
  });
}

const NOTHING_DONE = { orderId: null, partId: null } as const;

function noSuchPart({ table, field }: PartKind): OrdersUserError {
  return userError(Code.NOT_FOUND, `There is no such ${table.slice(0, -1)}.`, [field]);
}

/** Whoever names a part of an order that is not theirs hears of no order. */
function hidden(
  errors: OrdersUserError[],
  { orderId, parts }: Pick<PartMutation, 'orderId' | 'parts'>,
): OrdersUserError[] {
  const unseen = errors.some(
    ({ code, field }) => code === Code.NOT_FOUND && field?.[0] === 'orderId',
  );
  return unseen && orderId === undefined ? [noSuchPart(parts)] : errors;
}

async function orderOfPart(
  query: Query,
  { table }: PartKind,
  id: string,
): Promise<string | undefined> {
  if (!isUuid(id)) return undefined;
  const [row] = await query<{ orderId: string }>(
    `${table}.order`,
    `select order_id as "orderId" from ${table} where id = $1`,
    [id],
  );
  return row?.orderId;
}
