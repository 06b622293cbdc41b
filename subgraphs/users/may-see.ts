import { type Identity, isStaff, realmsOf } from '@waybill/kernel/identity.js';
import type { UserRow } from './graphql/user.js';

/**
 * Everybody sees themselves, and staff see everybody. Staff of certain storefronts see the customers whom one of these
 * knows, and who works for one of them; to them and to all others, anybody else looks like nobody.
 */
export function maySee(identity: Identity, user: UserRow): boolean {
  if (identity.kind === 'user' && identity.userId === user.id) return true;
  if (!isStaff(identity)) return false;
  const realms = realmsOf(identity);
  if (!realms) return true;
  const isOurs = (ids: readonly string[]) => ids.some((id) => realms.includes(id));
  return isOurs(user.knownAt) || (worksHere(user) && isOurs(user.storefrontIds ?? realms));
}

const worksHere = ({ roles }: UserRow) => roles.some((role) => role !== 'CUSTOMER');
