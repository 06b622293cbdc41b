import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { addressNotFound } from './address-input.js';
import { type ChangedAddress, presentAddress } from './changed-address.js';
import { callerId, type UsersContext } from './context.js';
import { ADDRESS_COLUMNS, type AddressRow, addressIds } from './graphql/address.js';
import { AddressPayload } from './graphql/address-payload.js';
import { once } from './once.js';

@InputType({ description: 'One of your addresses that is no longer wanted.' })
class RemoveAddressInput {
  @Field(() => ID, { description: 'Which address.' })
  id: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class RemoveAddressMutation {
  @Access('OWNER')
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
    if (!id) return { address: null, userErrors: [addressNotFound()] };
    const asked = { mutation: 'removeAddress', input, nothing: { address: null } };
    const removed = await once<ChangedAddress>(ctx, asked, (db) => removeAddress(db, id, userId));
    return presentAddress(ctx, removed);
  }
}

async function removeAddress(
  { query }: Database,
  id: string,
  userId: string,
): Promise<ChangedAddress> {
  const [address] = await query<AddressRow>(
    'addresses.delete',
    `delete from addresses where id = $1 and user_id = $2 returning ${ADDRESS_COLUMNS}`,
    [id, userId],
  );
  return address ? { address, errors: [] } : { address: null, errors: [addressNotFound()] };
}
