import { unauthenticated } from '@waybill/kernel/errors.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type Identity, isStaff } from '@waybill/kernel/identity.js';
import type { OrdersContext } from '../context.js';
import { presentOrder } from '../present.js';
import { findOrders } from '../read-orders.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import type { Order } from './order-types.js';

/** Stands for a malformed id: valid for the database, and nobody's. */
export const NO_UUID = '00000000-0000-0000-0000-000000000000';

/** Changes are made by people: the history names them. */
export function person(identity: Identity): Identity & { kind: 'user' } {
  if (identity.kind !== 'user') throw unauthenticated();
  return identity;
}

export function staffRefusal(identity: Identity): OrdersUserError | undefined {
  return isStaff(person(identity))
    ? undefined
    : userError(Code.FORBIDDEN, 'Only staff may do this.');
}

/** The order as it is now, for a payload. */
export async function reload({ db }: OrdersContext, id: string): Promise<Order> {
  const [row] = await findOrders(db, [id]);
  if (!row) throw new Error(`order ${id} has vanished`);
  return presentOrder(row);
}
