import type { Database } from '@waybill/kernel/database.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { addressNotFound, checkAddress } from './address-input.js';
import { callerId, type UsersContext } from './context.js';
import {
  type AddressFields,
  AddressInput,
  type AddressRow,
  addressIds,
  toAddress,
} from './graphql/address.js';
import { AddressPayload } from './graphql/address-payload.js';
import { AddressTable } from './tables.js';

@InputType({ description: 'A change of one of your addresses.' })
class UpdateAddressInput {
  @Field(() => ID, { description: 'Which address.' })
  id: string;

  @Field(() => AddressInput, { description: 'The whole address as it shall be.' })
  address: AddressInput;
}

@Resolver()
export class UpdateAddressMutation {
  @Mutation(() => AddressPayload, { description: 'Replaces one of your addresses.' })
  async updateAddress(
    @Arg('input', () => UpdateAddressInput, { description: 'Which one, and its new text.' })
    input: UpdateAddressInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AddressPayload> {
    const userId = callerId(ctx);
    const { fields, errors } = checkAddress(input.address, ['address']);
    if (errors) return { address: null, userErrors: errors };
    const id = addressIds.decode(input.id);
    const updated = id && (await updateAddress(ctx.accounts.db, { id, userId }, fields));
    if (!updated) return { address: null, userErrors: [addressNotFound()] };
    ctx.addresses.clear(userId);
    return { address: toAddress(updated), userErrors: [] };
  }
}

async function updateAddress(
  db: Database,
  key: { id: string; userId: string },
  fields: AddressFields,
): Promise<AddressRow | undefined> {
  const em = db.em();
  const address = await em.findOne(AddressTable, key);
  if (!address) return undefined;
  em.assign(address, fields);
  await em.flush();
  return address;
}
