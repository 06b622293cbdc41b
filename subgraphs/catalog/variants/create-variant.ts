import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { CatalogErrorCode, CatalogUserError } from '../products/errors.js';
import { InputReader, MAX_VARIANTS } from '../products/input.js';
import { once } from '../products/once.js';
import { productIds } from '../products/product.js';
import { refreshProducts } from '../products/refresh-products.js';
import { orTaken } from '../products/taken.js';
import { type Seller, STOREFRONT, sellerIn, unknownStorefront } from '../storefronts/seller.js';
import { insertVariants, type NewVariant, NewVariantInput, readVariant } from './new-variant.js';
import { presentVariant, refused, type StoredVariant } from './stored-variant.js';
import { ProductVariant } from './variant.js';

@InputType({ description: 'One more variant of a product.' })
export class CreateVariantInput extends NewVariantInput {
  @Field(() => ID, { description: 'The product.' })
  productId: string;

  @Field(() => String, STOREFRONT)
  storefront: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The new variant, or why there is none.', simpleResolvers: true })
export class CreateVariantPayload {
  @Field(() => ProductVariant, { nullable: true, description: 'The variant.' })
  variant: ProductVariant | null;

  @Field(() => [CatalogUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UserError<CatalogErrorCode>[];
}

@Resolver()
export class CreateVariantResolver {
  @Access('STAFF')
  @Mutation(() => CreateVariantPayload, { description: 'Adds a variant to a product. Staff only.' })
  async createVariant(
    @Arg('input', () => CreateVariantInput, { description: 'The variant, and of which product.' })
    input: CreateVariantInput,
    @Ctx() context: CatalogContext,
  ): Promise<CreateVariantPayload> {
    const seller = await sellerIn(context, input.storefront);
    if (!seller)
      return {
        variant: null,
        userErrors: [unknownStorefront(CatalogErrorCode.UNKNOWN_STOREFRONT)],
      };
    const read = new InputReader();
    const variant = readVariant(read, input, seller.storefront.currency);
    if (read.errors.length > 0) return { variant: null, userErrors: read.errors };
    const asked = { mutation: 'createVariant', input, nothing: { variant: null } };
    const work = () =>
      once<StoredVariant>(context, asked, (db) =>
        db.transaction((query) => createVariant(query, input.productId, variant, seller)),
      );
    const wanted = { skus: [{ sku: variant.sku, field: ['sku'] }], options: ['options'] };
    return presentVariant(await orTaken(context.db.query, wanted, work, refused));
  }
}

async function createVariant(
  query: Query,
  productId: string,
  variant: NewVariant,
  seller: Seller,
): Promise<StoredVariant> {
  const product = await lockProduct(query, productId);
  if (!product) {
    return refused([userError(CatalogErrorCode.NOT_FOUND, 'No such product.', ['productId'])]);
  }
  if ((await countVariants(query, product.id)) >= MAX_VARIANTS) {
    const message = `A product has at most ${MAX_VARIANTS} variants.`;
    return refused([userError(CatalogErrorCode.INVALID_VARIANTS, message, ['productId'])]);
  }
  const [row] = await insertVariants(query, product, [variant], seller);
  await refreshProducts(query, [product.id]);
  return { variant: row ?? null, errors: [] };
}

async function lockProduct(query: Query, id: string) {
  const uuid = productIds.decode(id);
  if (!uuid) return undefined;
  const [row] = await query<{ id: string; title: string }>(
    'products.lockForVariant',
    'select id, title from products where id = $1 for no key update',
    [uuid],
  );
  return row;
}

/** A statement of its own: it sees what was added while the lock was waited for. */
async function countVariants(query: Query, productId: string): Promise<number> {
  const [row] = await query<{ count: number }>(
    'variants.count',
    'select count(*)::integer as count from variants where product_id = $1',
    [productId],
  );
  return row?.count ?? 0;
}
