import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Field, ObjectType } from 'type-graphql';
import { type UsersError, UsersErrorCode, UsersUserError } from '../graphql/errors.js';
import { Partner, type PartnerRow, toPartner } from './partner.js';

@ObjectType({
  description: 'The partner as it is now, or why nothing was changed.',
  simpleResolvers: true,
})
export class PartnerPayload {
  @Field(() => Partner, { nullable: true, description: 'The partner as it is now.' })
  partner: Partner | null;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UsersError[];
}

/** What a change of a partner led to, as it is kept under an idempotency key. */
export interface SavedPartner {
  partner: PartnerRow | null;
  errors: UsersError[];
}

export function presentPartner({ partner, errors }: SavedPartner): PartnerPayload {
  return { partner: partner && toPartner(partner), userErrors: errors };
}

export function noSuchPartner(): UsersError {
  return userError(UsersErrorCode.NOT_FOUND, 'There is no such partner.', ['partnerId']);
}
