import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { isWithin } from '@waybill/kernel/identity.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { once, StorefrontErrorCode } from './errors.js';
import {
  STOREFRONT_COLUMNS,
  type StorefrontRow,
  type StorefrontValues,
  storefrontIds,
} from './storefront.js';
import { StorefrontLooksInput, StorefrontReader } from './storefront-input.js';
import {
  notYours,
  presentStorefront,
  refused,
  type SavedStorefront,
  StorefrontPayload,
} from './storefront-payload.js';

@InputType({
  description: 'What to change of a storefront: what is left out stays, null takes it away.',
})
class UpdateStorefrontInput extends StorefrontLooksInput {
  @Field(() => ID, { description: 'Which storefront.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code of what it sells in.' })
  currency?: string | null;

  @Field(() => String, { nullable: true, description: 'BCP 47 tag of its language and region.' })
  locale?: string | null;
}

@Resolver()
export class UpdateStorefrontResolver {
  @Access('MANAGER')
  @Mutation(() => StorefrontPayload, { description: 'Changes a storefront. For managers.' })
  async updateStorefront(
    @Arg('input', () => UpdateStorefrontInput, { description: 'Which one, and what of it.' })
    input: UpdateStorefrontInput,
    @Ctx() context: CatalogContext,
  ): Promise<StorefrontPayload> {
    const { identity } = context;
    if (!isWithin(identity, storefrontIds.decode(input.id) ?? '')) {
      return presentStorefront(notYours(), identity);
    }
    const asked = { mutation: 'updateStorefront', input, nothing: { storefront: null } };
    const updated = await once<SavedStorefront>(context, asked, (db) =>
      db.transaction((query) => updateStorefront(query, input)),
    );
    return presentStorefront(updated, identity);
  }
}

async function updateStorefront(
  query: Query,
  input: UpdateStorefrontInput,
): Promise<SavedStorefront> {
  const before = await lock(query, storefrontIds.decode(input.id));
  if (!before) {
    return refused(userError(StorefrontErrorCode.NOT_FOUND, 'No such storefront.', ['id']));
  }
  const read = new StorefrontReader();
  const values = read.changed(before, input);
  if (read.errors.length > 0) return refused(...read.errors);
  if (values.currency !== before.currency && (await hasPrices(query, before.id))) {
    return refused(userError(StorefrontErrorCode.CURRENCY_FIXED, 'It has prices.', ['currency']));
  }
  return { storefront: await save(query, before.id, values), errors: [] };
}

/** Prices that are just being set are waited for: they are in its currency. */
async function lock(query: Query, id: string | undefined): Promise<StorefrontRow | undefined> {
  if (id === undefined) return undefined;
  const [row] = await query<StorefrontRow>(
    'storefronts.lock',
    `select ${STOREFRONT_COLUMNS} from storefronts where id = $1 for update`,
    [id],
  );
  return row;
}

async function hasPrices(query: Query, id: string): Promise<boolean> {
  const [row] = await query<{ any: boolean }>(
    'storefronts.hasPrices',
    'select exists (select from prices where storefront_id = $1) as any',
    [id],
  );
  return row?.any ?? false;
}

async function save(query: Query, id: string, values: StorefrontValues) {
  const [saved] = await query<StorefrontRow>(
    'storefronts.update',
    `update storefronts
     set name = $2, logo_url = $3, primary_colour = $4, secondary_colour = $5, currency = $6,
       locale = $7, capture_on = $8, sender_name = $9, sender_address = $10, updated_at = now()
     where id = $1 returning ${STOREFRONT_COLUMNS}`,
    [
      id,
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
  return saved ?? null;
}
