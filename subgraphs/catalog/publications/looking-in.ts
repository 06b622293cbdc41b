import { type Identity, isStaff } from '@waybill/kernel/identity.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { Arg } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';

/** The argument by which somebody says where they look. */
export const InStorefront = () =>
  Arg('storefront', () => String, {
    nullable: true,
    description:
      'Code of a storefront: only what is published there. Left out, `main`; for staff, wherever it is.',
  });

/** The storefront in which somebody looks, by bare id: undefined in all of them, null in one that there is not. */
export async function lookingIn(
  { identity, storefronts }: Pick<CatalogContext, 'identity' | 'storefronts'>,
  code: string | null | undefined,
): Promise<string | undefined | null> {
  if (code == null) return isStaff(identity) ? undefined : MAIN_STOREFRONT_ID;
  return (await storefronts.byCode.load(code))?.id ?? null;
}

/** What of a row says who may see it. */
export interface Published {
  active: boolean;
  /** Bare ids of storefronts. */
  publishedIn: string[];
}

/**
 * Customers see what is for sale and published, in the storefront in which they look, or in any where they follow a
 * reference; the rest looks as if it did not exist. Staff see it all, but in one storefront only what is published there.
 */
export function isVisible(
  { active, publishedIn }: Published,
  identity: Identity,
  storefrontId?: string,
): boolean {
  if (storefrontId !== undefined && !publishedIn.includes(storefrontId)) return false;
  return isStaff(identity) || (active && publishedIn.length > 0);
}
