import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Attributes } from '../attributes/attribute-schema.js';
import { attributeErrors } from '../attributes/product-attributes.js';
import { holdCategory } from '../categories/category-of-product.js';
import { type Seller, STOREFRONT, sellerIn, unknownStorefront } from '../storefronts/seller.js';
import {
  insertVariants,
  type NewVariant,
  NewVariantInput,
  readVariant,
} from '../variants/new-variant.js';
import type { CatalogContext } from './context.js';
import { CatalogErrorCode, CatalogUserError } from './errors.js';
import { handleOfSku } from './handle.js';
import { InputReader, MAX_DESCRIPTION, MAX_TITLE, MAX_VARIANTS } from './input.js';
import { once } from './once.js';
import { PRODUCT_COLUMNS, Product, type ProductRow } from './product.js';
import { refreshProducts } from './refresh-products.js';
import { noCategory, presentProduct, refused, type StoredProduct } from './stored-product.js';
import { orTaken } from './taken.js';

@InputType({ description: 'A new product.' })
export class CreateProductInput {
  @Field(() => String, { description: 'What it is called.' })
  title: string;

  @Field(() => String, {
    nullable: true,
    description: 'Names it in addresses; left out, it is made of the SKU of the first variant.',
  })
  handle?: string | null;

  @Field(() => String, { nullable: true, description: 'What there is to say about it.' })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: 'The category that it stands in.' })
  categoryId?: string | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'What is special about it; the schemas of its category say what there may be.',
  })
  attributes?: Attributes | null;

  @Field(() => [NewVariantInput], {
    description: `The forms in which it is sold, from 1 to ${MAX_VARIANTS}.`,
  })
  variants: NewVariantInput[];

  @Field(() => String, STOREFRONT)
  storefront: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The new product, or why there is none.', simpleResolvers: true })
export class CreateProductPayload {
  @Field(() => Product, { nullable: true, description: 'The product.' })
  product: Product | null;

  @Field(() => [CatalogUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UserError<CatalogErrorCode>[];
}

@Resolver()
export class CreateProductResolver {
  @Access('STAFF')
  @Mutation(() => CreateProductPayload, {
    description:
      'Adds a product with its variants and publishes it in the storefront, all or nothing. Staff only.',
  })
  async createProduct(
    @Arg('input', () => CreateProductInput, { description: 'The product.' })
    input: CreateProductInput,
    @Ctx() context: CatalogContext,
  ): Promise<CreateProductPayload> {
    const seller = await sellerIn(context, input.storefront);
    if (!seller)
      return {
        product: null,
        userErrors: [unknownStorefront(CatalogErrorCode.UNKNOWN_STOREFRONT)],
      };
    const { product, errors } = readProduct(input, seller.storefront.currency);
    if (errors.length > 0) return { product: null, userErrors: errors };
    const asked = { mutation: 'createProduct', input, nothing: { product: null } };
    const skus = product.variants.map(({ sku }, i) => ({ sku, field: [...pathOf(i), 'sku'] }));
    const work = () =>
      once<StoredProduct>(context, asked, (db) =>
        db.transaction((query) => insertProduct(query, product, seller)),
      );
    const created = orTaken(context.db.query, { handle: product.handle, skus }, work, refused);
    return presentProduct(await created);
  }
}

interface NewProduct {
  handle: string;
  title: string;
  description: string | null;
  categoryId: string | null;
  attributes: Attributes;
  variants: NewVariant[];
}

function readProduct(input: CreateProductInput, currency: string) {
  const read = new InputReader();
  const { variants, errors } = readVariants(input.variants, currency);
  const product: NewProduct = {
    handle:
      input.handle == null
        ? handleOfSku(variants[0]?.sku ?? '')
        : read.handle('handle', input.handle),
    title: read.text('title', input.title, MAX_TITLE),
    description: read.optionalLines('description', input.description, MAX_DESCRIPTION),
    categoryId: input.categoryId ?? null,
    attributes: input.attributes ?? {},
    variants,
  };
  return { product, errors: [...read.errors, ...errors] };
}

const pathOf = (i: number) => ['variants', String(i)];

function readVariants(inputs: NewVariantInput[], currency: string) {
  if (inputs.length < 1 || inputs.length > MAX_VARIANTS) {
    const message = `A product has 1 to ${MAX_VARIANTS} variants.`;
    const error = userError(CatalogErrorCode.INVALID_VARIANTS, message, ['variants']);
    return { variants: [], errors: [error] };
  }
  const errors: UserError<CatalogErrorCode>[] = [];
  const skus = new Set<string>();
  const options = new Set<string>();
  const variants = inputs.map((input, i) => {
    const read = new InputReader(pathOf(i));
    const variant = readVariant(read, input, currency);
    read.unlike('sku', skus, variant.sku, CatalogErrorCode.DUPLICATE_SKU);
    read.unlike(
      'options',
      options,
      JSON.stringify(variant.options),
      CatalogErrorCode.OPTIONS_TAKEN,
    );
    errors.push(...read.errors);
    return variant;
  });
  return { variants, errors };
}

async function insertProduct(
  query: Query,
  product: NewProduct,
  seller: Seller,
): Promise<StoredProduct> {
  const { handle, title, description, categoryId, attributes, variants } = product;
  const category = categoryId === null ? null : await holdCategory(query, categoryId);
  if (category === undefined) return refused([noCategory()]);
  const errors = await attributeErrors(query, category, attributes);
  if (errors.length > 0) return refused(errors);
  const [row] = await query<ProductRow>(
    'products.insert',
    `insert into products (id, handle, title, description, active, attributes, category_id, category_path,
                           published_in)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${PRODUCT_COLUMNS}`,
    [
      newId(),
      handle,
      title,
      description,
      variants.some(({ active }) => active),
      attributes,
      category?.id ?? null,
      category?.path ?? [],
      [seller.storefront.id],
    ],
  );
  if (!row) throw new Error('an insert without a row');
  await insertVariants(query, row, variants, seller);
  await refreshProducts(query, [row.id]);
  return { product: row, errors: [] };
}
