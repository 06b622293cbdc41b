import { LockMode } from '@mikro-orm/core';
import type { Database } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { checkAddress } from './address-input.js';
import { callerId, type UsersContext } from './context.js';
import { type AddressFields, AddressInput, type AddressRow, toAddress } from './graphql/address.js';
import { AddressPayload } from './graphql/address-payload.js';
import { UsersErrorCode } from './graphql/errors.js';
import { AddressTable, UserTable } from './tables.js';

/** A user's addresses come without pages, so there must not be many. */
export const MAX_ADDRESSES = 50;

@Resolver()
export class AddAddressMutation {
  @Mutation(() => AddressPayload, { description: 'Adds an address to your own.' })
  async addAddress(
    @Arg('input', () => AddressInput, { description: 'The new address.' }) input: AddressInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AddressPayload> {
    const userId = callerId(ctx);
    const { fields, errors } = checkAddress(input);
    if (errors) return { address: null, userErrors: errors };
    const added = await addAddress(ctx.accounts.db, userId, fields);
    if (!added) return { address: null, userErrors: [tooMany()] };
    ctx.addresses.clear(userId);
    return { address: toAddress(added), userErrors: [] };
  }
}

function tooMany() {
  const message = `You have ${MAX_ADDRESSES} addresses: remove one first.`;
  return userError(UsersErrorCode.TOO_MANY_ADDRESSES, message);
}

/** Undefined when the user has as many as one may have, or is gone. */
async function addAddress(
  db: Database,
  userId: string,
  fields: AddressFields,
): Promise<AddressRow | undefined> {
  return db.em().transactional(async (em) => {
    // Two additions at once must not both see room for one more.
    const user = await em.findOne(UserTable, userId, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!user || (await em.count(AddressTable, { userId })) >= MAX_ADDRESSES) return undefined;
    return em.create(AddressTable, { id: newId(), userId, ...fields });
  });
}
