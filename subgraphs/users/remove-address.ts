import type { Database } from '@waybill/kernel/database.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { addressNotFound } from './address-input.js';
import { callerId, type UsersContext } from './context.js';
import { type AddressRow, addressIds, toAddress } from './graphql/address.js';
import { AddressPayload } from './graphql/address-payload.js';
import { AddressTable } from './tables.js';

@InputType({ description: 'One of your addresses that is no longer wanted.' })
class RemoveAddressInput {
  @Field(() => ID, { description: 'Which address.' })
  id: string;
}

@Resolver()
export class RemoveAddressMutation {
  @Mutation(() => AddressPayload, {
    description: 'Removes one of your addresses. Orders keep the address they were placed with.',
  })
  async removeAddress(
    @Arg('input', () => RemoveAddressInput, { description: 'Which one.' })
    input: RemoveAddressInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AddressPayload> {
    const userId = callerId(ctx);
    const id = addressIds.decode(input.id);
    const removed = id && (await removeAddress(ctx.accounts.db, { id, userId }));
    if (!removed) return { address: null, userErrors: [addressNotFound()] };
    ctx.addresses.clear(userId);
    return { address: toAddress(removed), userErrors: [] };
  }
}

async function removeAddress(
  db: Database,
  key: { id: string; userId: string },
): Promise<AddressRow | undefined> {
  const em = db.em();
  const address = await em.findOne(AddressTable, key);
  if (address) await em.remove(address).flush();
  return address ?? undefined;
}
