import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { realmsOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { once, StorefrontErrorCode } from './errors.js';
import { STOREFRONT_COLUMNS, type StorefrontRow, type StorefrontValues } from './storefront.js';
import { PLAIN, StorefrontLooksInput, StorefrontReader } from './storefront-input.js';
import {
  notYours,
  presentStorefront,
  refused,
  type SavedStorefront,
  StorefrontPayload,
} from './storefront-payload.js';

@InputType({ description: 'A new storefront.' })
class CreateStorefrontInput extends StorefrontLooksInput {
  @Field(() => String, { description: 'Its handle: small letters, digits and hyphens.' })
  code: string;

  @Field(() => String, { description: 'What it is called.' })
  name: string;

  @Field(() => String, { description: 'ISO 4217 code of what it sells in.' })
  currency: string;

  @Field(() => String, { description: 'BCP 47 tag of its language and region: "en-GB".' })
  locale: string;
}

@Resolver()
export class CreateStorefrontResolver {
  @Access('MANAGER')
  @Mutation(() => StorefrontPayload, {
    description: 'Opens a storefront. For managers of all storefronts.',
  })
  async createStorefront(
    @Arg('input', () => CreateStorefrontInput, { description: 'The storefront.' })
    input: CreateStorefrontInput,
    @Ctx() context: CatalogContext,
  ): Promise<StorefrontPayload> {
    if (realmsOf(context.identity)) return presentStorefront(notYours(), context.identity);
    const read = new StorefrontReader();
    const code = read.code(input.code);
    const values = read.changed(PLAIN, input);
    if (read.errors.length > 0) return presentStorefront(refused(...read.errors), context.identity);
    const asked = { mutation: 'createStorefront', input, nothing: { storefront: null } };
    const created = await once<SavedStorefront>(context, asked, (db) =>
      createStorefront(db, code, values),
    );
    return presentStorefront(created, context.identity);
  }
}

async function createStorefront(
  { query }: Database,
  code: string,
  values: StorefrontValues,
): Promise<SavedStorefront> {
  const [storefront] = await query<StorefrontRow>(
    'storefronts.create',
    `insert into storefronts (id, code, name, logo_url, primary_colour, secondary_colour, currency,
       locale, capture_on, sender_name, sender_address)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (code) do nothing returning ${STOREFRONT_COLUMNS}`,
    [
      newId(),
      code,
      values.name,
      values.logoUrl,
      values.primaryColour,
      values.secondaryColour,
      values.currency,
      values.locale,
      values.captureOn,
      values.senderName,
      values.senderAddress,
    ],
  );
  if (storefront) return { storefront, errors: [] };
  return refused(userError(StorefrontErrorCode.CODE_TAKEN, 'The code is taken.', ['code']));
}
