import type { UsersContext } from './context.js';
import { type AddressRow, toAddress } from './graphql/address.js';
import type { AddressPayload } from './graphql/address-payload.js';
import type { UsersError } from './graphql/errors.js';

/** What a change of somebody's addresses led to: the address as it is now or was last, or why nothing changed. */
export interface ChangedAddress {
  address: AddressRow | null;
  errors: UsersError[];
}

export function presentAddress(
  { addresses }: UsersContext,
  { address, errors }: ChangedAddress,
): AddressPayload {
  if (!address) return { address: null, userErrors: errors };
  addresses.clear(address.userId);
  return { address: toAddress(address), userErrors: [] };
}
