import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { globalId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { Accounts } from './context.js';
import { type UsersError, UsersErrorCode } from './graphql/errors.js';

export const storefrontIds = globalId('Storefront');

@Access('ANYONE')
@Directive('@key(fields: "id")')
@ObjectType('Storefront', {
  description: 'A shop with a face of its own; many share one deployment.',
  simpleResolvers: true,
})
export class Storefront {
  @Field(() => ID, { description: 'Identifies the storefront everywhere.' })
  id: string;
}

/** Null for somebody who is confined to none. */
export function toStorefronts(ids: readonly string[] | null | undefined): Storefront[] | null {
  return ids?.map((id) => ({ id: storefrontIds.encode(id) })) ?? null;
}

/** Bare ids, null for all, undefined for what stays as it is; or what is wrong with the input. */
type ReadStorefronts =
  | { ids: string[] | null | undefined; error?: undefined }
  | { ids?: undefined; error: UsersError };

/** Reads the storefronts that somebody shall be confined to, and asks the catalog whether there are these. */
export async function readStorefronts(
  { commands }: Accounts,
  given: readonly string[] | null | undefined,
): Promise<ReadStorefronts> {
  if (given == null) return { ids: given };
  const field = ['storefrontIds'];
  if (given.length === 0) {
    const message = 'Name a storefront, or null for all of them.';
    return { error: userError(UsersErrorCode.NO_STOREFRONTS, message, field) };
  }
  const ids = [...new Set(given)].map((id) => storefrontIds.decode(id));
  const known = await Promise.all(
    ids.map((id) => id && commands.catalog.describeStorefront({ storefrontId: id })),
  );
  if (known.every(Boolean)) return { ids: ids as string[] };
  return { error: unknownStorefront(field) };
}

/** The bare id of the one that is named, the main one where none is; undefined where there is no such storefront. */
export async function readStorefront(
  { commands }: Accounts,
  named: string | null | undefined,
): Promise<string | undefined> {
  const id = named == null ? MAIN_STOREFRONT_ID : storefrontIds.decode(named);
  // The main one is always there.
  if (!id || id === MAIN_STOREFRONT_ID) return id;
  return (await commands.catalog.describeStorefront({ storefrontId: id })) ? id : undefined;
}

export function unknownStorefront(field = ['storefrontId']): UsersError {
  return userError(UsersErrorCode.UNKNOWN_STOREFRONT, 'There is no such storefront.', field);
}
