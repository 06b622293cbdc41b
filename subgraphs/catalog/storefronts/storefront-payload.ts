import { Field, ObjectType } from 'type-graphql';
import { type StorefrontError, StorefrontUserError } from './errors.js';
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

export function presentStorefront({ storefront, errors }: SavedStorefront): StorefrontPayload {
  return { storefront: storefront && toStorefront(storefront), userErrors: errors };
}

export const refused = (...errors: StorefrontError[]): SavedStorefront => ({
  storefront: null,
  errors,
});
