import { createHash, randomBytes } from 'node:crypto';
import type { Query } from '@waybill/kernel/database.js';
import type { OrdersContext } from '../context.js';

const BYTES = 32;

/** A secret that opens one order; whoever has it needs no account. Only its hash is ever stored. */
export function newToken(): string {
  return randomBytes(BYTES).toString('base64url');
}

/** A random token of 256 bits needs no salt: nobody can try them all. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Whose the idempotency keys are that come with a token. */
export function keyOwner(token: string): string {
  return `guest:${tokenHash(token)}`;
}

/** The order that a guest's token opens; undefined for any other text, and once the draft has become somebody's. */
export async function orderOfToken(query: Query, token: string): Promise<string | undefined> {
  const [row] = await query<{ order_id: string }>(
    'guest.order',
    'select order_id from guest_tokens where hash = $1 and merged_into is null',
    [tokenHash(token)],
  );
  return row?.order_id;
}

/** The order that a token opens, which may be seen for the rest of the operation; undefined where it opens none. */
export async function openByToken(
  { db, opened }: Pick<OrdersContext, 'db' | 'opened'>,
  token: string,
): Promise<string | undefined> {
  const orderId = await orderOfToken(db.query, token);
  if (orderId) opened.add(orderId);
  else opened.clear();
  return orderId;
}
