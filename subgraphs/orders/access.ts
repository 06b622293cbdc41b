import { userError } from '@waybill/kernel/graphql/user-error.js';
import {
  accountOf,
  hasRole,
  type Identity,
  isManager,
  isStaff,
  isWithin,
  actorOf as nameOf,
} from '@waybill/kernel/identity.js';
import { OrdersErrorCode, type OrdersUserError } from './user-errors.js';
import type { Mover } from './workflows/workflow.js';

/** Somebody who has shown the token of one order, and needs no account for it. */
export interface Guest {
  kind: 'guest';
  orderId: string;
}

/** Who asks something of an order. */
export type Asker = Identity | Guest;

/** What says whose an order is. */
export interface Owned {
  id: string;
  customerId: string | null;
  storefrontId: string;
}

/**
 * Staff see every order, customers their own, guests the one whose token they have; staff and partners who are confined
 * to storefronts only what was ordered there. To anybody else an order looks like one that does not exist.
 */
export function canSee(asker: Asker, { id, customerId, storefrontId }: Owned): boolean {
  if (asker.kind === 'guest') return asker.orderId === id;
  if (!isWithin(asker, storefrontId)) return false;
  return customerId === null ? isStaff(asker) : isOwn(asker, customerId);
}

/** Whether what belongs to this customer, a person or a partner, is the asker's to see. */
export function isOwn(identity: Identity, customerId: string): boolean {
  return isStaff(identity) || accountOf(identity) === customerId;
}

export const NO_SUCH_ORDER: OrdersUserError = userError(
  OrdersErrorCode.NOT_FOUND,
  'There is no such order.',
  ['orderId'],
);

/** Stands in the tables for whoever has no account. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The account of whoever asks for something that is kept with their name. */
export function requesterOf(asker: Asker): string {
  return (asker.kind === 'guest' ? undefined : accountOf(asker)) ?? NOBODY;
}

/** What somebody may move orders along, by their rank. */
export function moverOf(asker: Asker): Mover {
  if (asker.kind === 'service') return 'ADMIN';
  if (asker.kind === 'guest' || !isStaff(asker)) return 'CUSTOMER';
  if (hasRole(asker, 'ADMIN')) return 'ADMIN';
  return isManager(asker) ? 'MANAGER' : 'STAFF';
}

/** How the history names who did something. */
export function actorOf(asker: Asker): string {
  // Whoever is not logged in can do something only to an order whose token they have.
  if (asker.kind === 'guest' || asker.kind === 'anonymous') return 'guest:token';
  return asker.kind === 'user' && isStaff(asker) ? `staff:${asker.userId}` : nameOf(asker);
}
