import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type Identity, isWithin, realmsOf } from '@waybill/kernel/identity.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { OrdersErrorCode, type OrdersUserError } from './user-errors.js';

export const UNKNOWN_STOREFRONT: OrdersUserError = userError(
  OrdersErrorCode.UNKNOWN_STOREFRONT,
  'There is no such storefront, or it is not yours: name another.',
  ['storefrontId'],
);

/**
 * Where somebody orders, by bare id: in the storefront that they name, else in the only one that they are confined to,
 * else in the main one. Undefined where that is not theirs.
 */
export function storefrontFor(
  identity: Identity,
  named: string | null | undefined,
): string | undefined {
  const realms = realmsOf(identity);
  const only = realms?.length === 1 ? realms[0] : undefined;
  const meant = named ?? only ?? MAIN_STOREFRONT_ID;
  return isWithin(identity, meant) ? meant : undefined;
}
