import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { addressNotFound, checkAddress } from './address-input.js';
import { type ChangedAddress, presentAddress } from './changed-address.js';
import { callerId, type UsersContext } from './context.js';
import {
  ADDRESS_COLUMNS,
  ADDRESS_FIELDS,
  type AddressFields,
  AddressInput,
  type AddressRow,
  addressIds,
  addressValues,
} from './graphql/address.js';
import { AddressPayload } from './graphql/address-payload.js';
import { once } from './once.js';

@InputType({ description: 'A change of one of your addresses.' })
class UpdateAddressInput {
  @Field(() => ID, { description: 'Which address.' })
  id: string;

  @Field(() => AddressInput, { description: 'The whole address as it shall be.' })
  address: AddressInput;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class UpdateAddressMutation {
  @Access('OWNER')
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
    if (!id) return { address: null, userErrors: [addressNotFound()] };
    const asked = { mutation: 'updateAddress', input, nothing: { address: null } };
    const updated = await once<ChangedAddress>(ctx, asked, (db) =>
      updateAddress(db, { id, userId }, fields),
    );
    return presentAddress(ctx, updated);
  }
}

async function updateAddress(
  { query }: Database,
  { id, userId }: { id: string; userId: string },
  fields: AddressFields,
): Promise<ChangedAddress> {
  const [address] = await query<AddressRow>(
    'addresses.update',
    `update addresses set (${ADDRESS_FIELDS}) = ($3, $4, $5, $6, $7, $8, $9)
     where id = $1 and user_id = $2
     returning ${ADDRESS_COLUMNS}`,
    [id, userId, ...addressValues(fields)],
  );
  return address ? { address, errors: [] } : { address: null, errors: [addressNotFound()] };
}
