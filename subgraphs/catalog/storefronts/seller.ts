import { userError } from '@waybill/kernel/graphql/user-error.js';
import { actorOf, isWithin } from '@waybill/kernel/identity.js';
import type { CatalogContext } from '../products/context.js';
import type { StorefrontRow } from './storefront.js';

/** Somebody who sells in a storefront: whose act it is, and where. */
export interface Seller {
  storefront: StorefrontRow;
  actor: string;
}

/** Who asks, in the storefront with this code; undefined where there is none, or where they do not work for it. */
export async function sellerIn(
  { identity, storefronts }: CatalogContext,
  code: string,
): Promise<Seller | undefined> {
  const storefront = await storefronts.byCode.load(code);
  if (!storefront || !isWithin(identity, storefront.id)) return undefined;
  return { storefront, actor: actorOf(identity) };
}

/** In the input of what happens in one storefront. */
export const STOREFRONT = { defaultValue: 'main', description: 'Code of the storefront.' } as const;

/** What is told to who names another storefront. */
export const unknownStorefront = <Code extends string>(code: Code) =>
  userError(code, 'You work for no such storefront.', ['storefront']);
