import { forbidden, unauthenticated } from '@waybill/kernel/errors.js';
import { isManager, isStaff } from '@waybill/kernel/identity.js';
import type { UsersContext } from '../context.js';
import { partnerIds } from '../partners/partner.js';

/**
 * The bare id of the partner whose operations somebody may register, list and retire: staff name one, a partner with a
 * key for that is meant itself. Undefined where there is no such partner for the caller. Throws UNAUTHENTICATED, or
 * FORBIDDEN for everybody else.
 */
export function whoseOperations(
  { identity }: UsersContext,
  partnerId: string | null | undefined,
): string | undefined {
  if (identity.kind === 'anonymous') throw unauthenticated();
  const named = partnerId == null ? undefined : partnerIds.decode(partnerId);
  if (isStaff(identity)) return named;
  if (identity.kind !== 'partner' || !identity.scopes.includes('OPERATIONS')) throw forbidden();
  return partnerId == null || named === identity.partnerId ? identity.partnerId : undefined;
}

/** Throws UNAUTHENTICATED or FORBIDDEN unless a manager asks, or an administrator. */
export function requireManager({ identity }: UsersContext): void {
  if (identity.kind === 'anonymous') throw unauthenticated();
  if (!isManager(identity)) throw forbidden();
}
