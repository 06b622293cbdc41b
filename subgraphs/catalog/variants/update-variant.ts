import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { CatalogErrorCode, CatalogUserError } from '../products/errors.js';
import { InputReader } from '../products/input.js';
import { once } from '../products/once.js';
import { refreshProducts } from '../products/refresh-products.js';
import { orTaken } from '../products/taken.js';
import { storable } from '../storable.js';
import { VariantOptionInput, variantTitle } from './option.js';
import { presentVariant, refused, type StoredVariant } from './stored-variant.js';
import { ProductVariant, VARIANT_COLUMNS, type VariantRow } from './variant.js';

@InputType({ description: 'What to change of a variant; what is left out stays.' })
export class UpdateVariantInput {
  @Field(() => String, { description: 'SKU of the variant.' })
  sku: string;

  @Field(() => [VariantOptionInput], {
    nullable: true,
    description: 'What sets it apart from the other variants of its product, all of it.',
  })
  options?: VariantOptionInput[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is for sale.' })
  active?: boolean | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The changed variant, or why it stayed.', simpleResolvers: true })
export class UpdateVariantPayload {
  @Field(() => ProductVariant, { nullable: true, description: 'The variant as it is now.' })
  variant: ProductVariant | null;

  @Field(() => [CatalogUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UserError<CatalogErrorCode>[];
}

@Resolver()
export class UpdateVariantResolver {
  @Access('STAFF')
  @Mutation(() => UpdateVariantPayload, {
    description: 'Changes a variant; for what it costs there is `setPrices`. Staff only.',
  })
  async updateVariant(
    @Arg('input', () => UpdateVariantInput, { description: 'Which variant, and what of it.' })
    input: UpdateVariantInput,
    @Ctx() context: CatalogContext,
  ): Promise<UpdateVariantPayload> {
    const asked = { mutation: 'updateVariant', input, nothing: { variant: null } };
    const work = () =>
      once<StoredVariant>(context, asked, (db) =>
        db.transaction((query) => updateVariant(query, input)),
      );
    const wanted = { options: ['options'] };
    return presentVariant(await orTaken(context.db.query, wanted, work, refused));
  }
}

async function updateVariant(query: Query, input: UpdateVariantInput): Promise<StoredVariant> {
  const before = await lockVariant(query, storable(input.sku));
  if (!before) return refused([userError(CatalogErrorCode.NOT_FOUND, 'No such SKU.', ['sku'])]);
  const read = new InputReader();
  const after = merge(read, before, input);
  if (read.errors.length > 0) return refused(read.errors);
  const variant = await saveVariant(query, after);
  if (after.active !== before.active || input.options != null)
    await refreshProducts(query, [after.productId]);
  return { variant, errors: [] };
}

function merge(read: InputReader, before: VariantRow, input: UpdateVariantInput): VariantRow {
  const { options, active } = input;
  return {
    ...before,
    options: options == null ? before.options : read.options('options', options),
    active: active ?? before.active,
  };
}

/** The product is locked first: what it says of its variants is written after them. */
async function lockVariant(query: Query, sku: string): Promise<VariantRow | undefined> {
  await query(
    'products.lockOfVariant',
    `select 1 from products where id = (select product_id from variants where sku = $1)
     for no key update`,
    [sku],
  );
  const [row] = await query<VariantRow>(
    'variants.lock',
    `select ${VARIANT_COLUMNS} from variants where sku = $1 for no key update`,
    [sku],
  );
  return row;
}

async function saveVariant(query: Query, row: VariantRow): Promise<VariantRow> {
  const [saved] = await query<VariantRow>(
    'variants.update',
    `update variants
     set options = $2, title = ${variantTitle('products.title', '$2::jsonb')},
         active = $3, updated_at = now()
     from products where products.id = variants.product_id and variants.id = $1
     returning ${VARIANT_COLUMNS}`,
    [row.id, JSON.stringify(row.options), row.active],
  );
  return saved ?? row;
}
