import type { Database, Query } from '@waybill/kernel/database.js';
import { unauthenticated } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { holdAccount } from './accounts/hold-account.js';
import { checkAddress } from './address-input.js';
import { type ChangedAddress, presentAddress } from './changed-address.js';
import { callerId, type UsersContext } from './context.js';
import {
  ADDRESS_COLUMNS,
  ADDRESS_FIELDS,
  AddAddressInput,
  type AddressFields,
  type AddressRow,
  addressValues,
} from './graphql/address.js';
import { AddressPayload } from './graphql/address-payload.js';
import { UsersErrorCode } from './graphql/errors.js';
import { once } from './once.js';

/** A user's addresses come without pages, so there must not be many. */
export const MAX_ADDRESSES = 50;

@Resolver()
export class AddAddressMutation {
  @Access('PERSON')
  @Mutation(() => AddressPayload, { description: 'Adds an address to your own.' })
  async addAddress(
    @Arg('input', () => AddAddressInput, { description: 'The new address.' })
    input: AddAddressInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AddressPayload> {
    const userId = callerId(ctx);
    const { fields, errors } = checkAddress(input);
    if (errors) return { address: null, userErrors: errors };
    const asked = { mutation: 'addAddress', input, nothing: { address: null } };
    const added = await once<ChangedAddress>(ctx, asked, (db) => addAddress(db, userId, fields));
    return presentAddress(ctx, added);
  }
}

async function addAddress(
  db: Database,
  userId: string,
  fields: AddressFields,
): Promise<ChangedAddress> {
  const address = await db.transaction((query) => insertAddress(query, userId, fields));
  if (address) return { address, errors: [] };
  const message = `You have ${MAX_ADDRESSES} addresses: remove one first.`;
  return { address: null, errors: [userError(UsersErrorCode.TOO_MANY_ADDRESSES, message)] };
}

/** Undefined when the user has as many as one may have. Throws UNAUTHENTICATED where the account has just been closed. */
async function insertAddress(
  query: Query,
  userId: string,
  fields: AddressFields,
): Promise<AddressRow | undefined> {
  // Two additions at once must not both see room for one more.
  if (!(await holdAccount(query, userId))) throw unauthenticated();
  const [address] = await query<AddressRow>(
    'addresses.insert',
    `insert into addresses (id, user_id, ${ADDRESS_FIELDS})
     select $1, users.id, $4, $5, $6, $7, $8, $9, $10 from users
     where users.id = $2 and (select count(*) from addresses where user_id = $2) < $3
     returning ${ADDRESS_COLUMNS}`,
    [newId(), userId, MAX_ADDRESSES, ...addressValues(fields)],
  );
  return address;
}
