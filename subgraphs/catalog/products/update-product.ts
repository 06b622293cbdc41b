import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { storable } from '../storable.js';
import type { CatalogContext } from './context.js';
import { CatalogErrorCode, CatalogUserError } from './errors.js';
import { InputReader, MAX_TITLE } from './input.js';
import { once } from './once.js';
import { recordPrice } from './price-history.js';
import { PRODUCT_COLUMNS, Product, type ProductRow } from './product.js';
import { presentProduct, type StoredProduct } from './stored-product.js';

@InputType({ description: 'What to change of a product; what is left out stays.' })
export class UpdateProductInput {
  @Field(() => String, { description: 'SKU of the product.' })
  sku: string;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where it stands in the shop; null takes it out of its category.',
  })
  category?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Price of one unit from now on, in the currency of the product: "12.34".',
  })
  price?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is for sale.' })
  active?: boolean | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The changed product, or why it stayed.', simpleResolvers: true })
export class UpdateProductPayload {
  @Field(() => Product, { nullable: true, description: 'The product as it is now.' })
  product: Product | null;

  @Field(() => [CatalogUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UserError<CatalogErrorCode>[];
}

@Resolver()
export class UpdateProductResolver {
  @Access('STAFF')
  @Mutation(() => UpdateProductPayload, {
    description: 'Changes a product. A new price is added to its price history. Staff only.',
  })
  async updateProduct(
    @Arg('input', () => UpdateProductInput, { description: 'Which product, and what of it.' })
    input: UpdateProductInput,
    @Ctx() context: CatalogContext,
  ): Promise<UpdateProductPayload> {
    const asked = { mutation: 'updateProduct', input, nothing: { product: null } };
    const updated = await once<StoredProduct>(context, asked, (db) =>
      db.transaction((query) => updateProduct(query, input)),
    );
    return presentProduct(updated);
  }
}

async function updateProduct(query: Query, input: UpdateProductInput): Promise<StoredProduct> {
  const before = await lockProduct(query, storable(input.sku));
  if (!before) return refused([userError(CatalogErrorCode.NOT_FOUND, 'No such product.', ['sku'])]);
  const read = new InputReader();
  const after = merge(read, before, input);
  if (read.errors.length > 0) return refused(read.errors);
  const saved = await saveProduct(query, after);
  if (after.priceMinor !== before.priceMinor) await recordPrice(query, after);
  return { product: saved, errors: [] };
}

function refused(errors: UserError<CatalogErrorCode>[]): StoredProduct {
  return { product: null, errors };
}

function merge(read: InputReader, before: ProductRow, input: UpdateProductInput): ProductRow {
  const { title, category, price, active } = input;
  return {
    ...before,
    title: title == null ? before.title : read.text('title', title, MAX_TITLE),
    category:
      category === undefined ? before.category : read.optionalText('category', category, MAX_TITLE),
    priceMinor: price == null ? before.priceMinor : read.price('price', price, before.currency),
    active: active ?? before.active,
  };
}

async function lockProduct(query: Query, sku: string): Promise<ProductRow | undefined> {
  const [row] = await query<ProductRow>(
    'products.lock',
    `select ${PRODUCT_COLUMNS} from variants where sku = $1 for no key update`,
    [sku],
  );
  return row;
}

async function saveProduct(query: Query, row: ProductRow): Promise<ProductRow> {
  const [saved] = await query<ProductRow>(
    'products.update',
    `update variants
     set title = $2, category = $3, price_minor = $4, active = $5, updated_at = now()
     where id = $1
     returning ${PRODUCT_COLUMNS}`,
    [row.id, row.title, row.category, row.priceMinor, row.active],
  );
  return saved ?? row;
}
