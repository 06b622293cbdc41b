import { createHash } from 'node:crypto';
import { type Database, isUniqueViolation } from '@waybill/kernel/database.js';
import { type Account, accountOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { NOTHING } from './decision.js';
import type { OrdersDependencies } from './dependencies.js';
import { plannedChange } from './guarded-change.js';
import type { WholeOrder } from './order-parts.js';
import { KEY_TAKEN } from './place-order.js';
import type { Planned } from './rules/planned.js';
import type { OrdersUserError } from './user-errors.js';

/** What a part of an order keeps of the request that made it. */
export interface KeptKey {
  requestedBy: string;
  idempotencyKey: string;
  requestHash: string;
}

/** A request for a new part of an order; `says` is all that makes it this request, in JSON. */
export interface KeptRequest {
  orderId: string;
  parts: 'refunds' | 'returns';
  idempotencyKey: string;
  says: unknown[];
  plan(order: WholeOrder, id: string, key: KeptKey): Planned;
}

export type KeptResult =
  | { orderId: string; partId: string; repeated: boolean; errors: [] }
  | { orderId: null; partId: null; errors: OrdersUserError[] };

/**
 * Makes a part of an order once per key. Unlike the keys of other mutations (once.ts) this one is kept with the part
 * for good, so that what an import said years ago is still said once.
 */
export async function underKeptKey(
  { db, changeOrder }: Pick<OrdersDependencies, 'db' | 'changeOrder'>,
  identity: Account,
  { idempotencyKey, says, ...request }: KeptRequest,
): Promise<KeptResult> {
  const requestHash = createHash('sha256').update(JSON.stringify(says)).digest('base64url');
  const key = { requestedBy: accountOf(identity), idempotencyKey, requestHash };
  const ask = async () => {
    const earlier = await findMade(db, request.parts, key);
    return earlier ? repeated(earlier, key) : make({ changeOrder }, identity, request, key);
  };
  // Asked twice under one key at once: whoever comes second finds the first.
  return ask().catch((error) => (isUniqueViolation(error) ? ask() : Promise.reject(error)));
}

async function make(
  dependencies: Pick<OrdersDependencies, 'changeOrder'>,
  identity: Account,
  { orderId, parts, plan }: Omit<KeptRequest, 'idempotencyKey' | 'says'>,
  key: KeptKey,
): Promise<KeptResult> {
  let result: KeptResult = { orderId, partId: newId(), repeated: false, errors: [] };
  const { errors } = await plannedChange(dependencies, identity, orderId, (order) => {
    const made: MadeUnderKey[] = order[parts];
    const earlier = made.find(
      ({ requestedBy, idempotencyKey }) =>
        requestedBy === key.requestedBy && idempotencyKey === key.idempotencyKey,
    );
    if (!earlier) return plan(order, result.partId ?? '', key);
    result = repeated({ ...earlier, orderId }, key);
    return result.errors.length > 0 ? { errors: result.errors } : NOTHING;
  });
  return errors.length > 0 ? { orderId: null, partId: null, errors } : result;
}

interface Made {
  id: string;
  orderId: string;
  requestHash: string | null;
}

type MadeUnderKey = Omit<Made, 'orderId'> & { requestedBy: string; idempotencyKey: string | null };

function repeated({ id, orderId, requestHash }: Made, key: KeptKey): KeptResult {
  if (requestHash === key.requestHash) return { orderId, partId: id, repeated: true, errors: [] };
  return { orderId: null, partId: null, errors: [KEY_TAKEN] };
}

async function findMade(
  { query }: Pick<Database, 'query'>,
  parts: KeptRequest['parts'],
  { requestedBy, idempotencyKey }: KeptKey,
): Promise<Made | undefined> {
  const [made] = await query<Made>(
    `${parts}.by-key`,
    `select id, order_id as "orderId", request_hash as "requestHash"
     from ${parts} where requested_by = $1 and idempotency_key = $2`,
    [requestedBy, idempotencyKey],
  );
  return made;
}
