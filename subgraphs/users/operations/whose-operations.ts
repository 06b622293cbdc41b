import { isStaff } from '@waybill/kernel/identity.js';
import type { UsersContext } from '../context.js';
import { partnerIds } from '../partners/partner.js';

/**
 * The bare id of the partner whose operations somebody may register, list and retire: staff name one, a partner with a
 * key for that is meant itself. Undefined where there is no such partner for the caller.
 */
export function whoseOperations(
  { identity }: UsersContext,
  partnerId: string | null | undefined,
): string | undefined {
  const named = partnerId == null ? undefined : partnerIds.decode(partnerId);
  if (isStaff(identity)) return named;
  if (identity.kind !== 'partner') return undefined;
  return partnerId == null || named === identity.partnerId ? identity.partnerId : undefined;
}
