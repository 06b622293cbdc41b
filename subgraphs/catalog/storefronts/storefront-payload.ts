import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { Field, ObjectType } from 'type-graphql';
import { type StorefrontError, StorefrontErrorCode, StorefrontUserError } from './errors.js';
import { Storefront, type StorefrontRow, toStorefront } from './storefront.js';

@ObjectType({
  description: 'The storefront as it is now, or why nothing was done.',
  simpleResolvers: true,
})
export class StorefrontPayload {
  @Field(() => Storefront, { nullable: true, description: 'The storefront.' })
  storefront: Storefront | null;

  @Field(() => [StorefrontUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: StorefrontError[];
}

/** What a mutation led to. */
export interface SavedStorefront {
  storefront: StorefrontRow | null;
  errors: StorefrontError[];
}

export function presentStorefront(
  { storefront, errors }: SavedStorefront,
  identity: Identity,
): StorefrontPayload {
  return { storefront: storefront && toStorefront(storefront, identity), userErrors: errors };
}

export const refused = (...errors: StorefrontError[]): SavedStorefront => ({
  storefront: null,
  errors,
});

/** To managers of certain storefronts the others are not theirs to change. */
export const notYours = (): SavedStorefront =>
  refused(userError(StorefrontErrorCode.FORBIDDEN, 'You manage other storefronts than this.'));
