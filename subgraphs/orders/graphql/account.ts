import { unauthenticated } from '@waybill/kernel/errors.js';
import { type Account, type Identity, isWithin } from '@waybill/kernel/identity.js';
import type { Asker } from '../access.js';
import type { OrdersContext } from '../context.js';
import { keyOwner, openByToken } from '../drafts/guest-token.js';
import { presentOrder } from '../present.js';
import { findOrders } from '../read-orders.js';
import type { Order } from './order-types.js';

/** Stands for a malformed id: valid for the database, and nobody's. */
export const NO_UUID = '00000000-0000-0000-0000-000000000000';

/**
 * Who asks something of an order: somebody who is logged in, or whoever has its token; `owner` is then whose
 * idempotency keys they use.
 */
export async function askerOf(
  context: OrdersContext,
  token: string | null | undefined,
): Promise<{ asker: Asker; owner?: string }> {
  if (token == null) return { asker: account(context.identity) };
  const opened = await openByToken(context, token);
  return { asker: { kind: 'guest', orderId: opened ?? NO_UUID }, owner: keyOwner(token) };
}

/** Changes are made by people, or by organizations with a key: the history names them. */
export function account(identity: Identity): Account {
  if (identity.kind === 'user' || identity.kind === 'partner') return identity;
  throw unauthenticated();
}

/**
 * The order as it is now, for a payload; null for whoever asks again with their key, and works for other storefronts by
 * now.
 */
export async function reload({ db, identity }: OrdersContext, id: string): Promise<Order | null> {
  const [row] = await findOrders(db, [id]);
  if (!row) throw new Error(`order ${id} has vanished`);
  return isWithin(identity, row.storefrontId) ? presentOrder(row) : null;
}
