import { createHash, randomBytes } from 'node:crypto';
import type { Query } from '@waybill/kernel/database.js';
import { type Identity, isWithin } from '@waybill/kernel/identity.js';
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

/**
 * The order that a guest's token opens; undefined for any other text, once the draft has become somebody's, and for staff
 * and partners of other storefronts.
 */
export async function orderOfToken(
  query: Query,
  identity: Identity,
  token: string,
): Promise<string | undefined> {
  const [row] = await query<{ orderId: string; storefrontId: string }>(
    'guest.order',
    `select order_id as "orderId", storefront_id as "storefrontId"
     from guest_tokens join orders on orders.id = order_id
     where hash = $1 and merged_into is null`,
    [tokenHash(token)],
  );
  return row && isWithin(identity, row.storefrontId) ? row.orderId : undefined;
}

/** The order that a token opens, which may be seen for the rest of the operation; undefined where it opens none. */
export async function openByToken(
  { db, identity, opened }: Pick<OrdersContext, 'db' | 'identity' | 'opened'>,
  token: string,
): Promise<string | undefined> {
  const orderId = await orderOfToken(db.query, identity, token);
  if (orderId) opened.add(orderId);
  else opened.clear();
  return orderId;
}
