import type { UserError } from '@waybill/kernel/graphql/user-error.js';
import { Field, ObjectType } from 'type-graphql';
import { Address } from './address.js';
import { type UsersErrorCode, UsersUserError } from './errors.js';

@ObjectType('UserAddressPayload', {
  description: 'The address as it is now, or why nothing was changed.',
  simpleResolvers: true,
})
export class AddressPayload {
  @Field(() => Address, {
    nullable: true,
    description: 'The address: as stored, or as it was before it was removed.',
  })
  address: Address | null;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UserError<UsersErrorCode>[];
}
