import type { Database, Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { actorOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { MAIN_LOCATION } from '../locations/main-location.js';
import type { CatalogContext } from './context.js';
import { CatalogErrorCode, CatalogUserError } from './errors.js';
import { InputReader, MAX_SKU, MAX_TITLE } from './input.js';
import { once } from './once.js';
import { recordPrice } from './price-history.js';
import { PRODUCT_COLUMNS, Product, type ProductRow } from './product.js';
import { presentProduct, type StoredProduct } from './stored-product.js';

@InputType({ description: 'A new product.' })
export class CreateProductInput {
  @Field(() => String, { description: 'Stock keeping unit, not yet taken.' })
  sku: string;

  @Field(() => String, { description: 'What it is called.' })
  title: string;

  @Field(() => String, { nullable: true, description: 'Where it stands in the shop.' })
  category?: string | null;

  @Field(() => String, { description: 'Price of one unit as a decimal number: "12.34".' })
  price: string;

  @Field(() => String, { defaultValue: 'GBP', description: 'ISO 4217 code of the price.' })
  currency: string;

  @Field(() => Int, { defaultValue: 0, description: 'Units in the building.' })
  onHand: number;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether it is for sale at once.' })
  active: boolean;

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
  @Mutation(() => CreateProductPayload, { description: 'Adds a product. Staff only.' })
  async createProduct(
    @Arg('input', () => CreateProductInput, { description: 'The product.' })
    input: CreateProductInput,
    @Ctx() context: CatalogContext,
  ): Promise<CreateProductPayload> {
    const read = new InputReader();
    const values = [...readProduct(read, input), actorOf(context.identity)];
    if (read.errors.length > 0) return { product: null, userErrors: read.errors };
    const asked = { mutation: 'createProduct', input, nothing: { product: null } };
    const created = await once<StoredProduct>(context, asked, (db) => createProduct(db, values));
    return presentProduct(created);
  }
}

async function createProduct(db: Database, values: unknown[]): Promise<StoredProduct> {
  const product = await db.transaction((query) => insertProduct(query, values));
  if (product) return { product, errors: [] };
  const taken = userError(CatalogErrorCode.SKU_TAKEN, 'The SKU is taken.', ['sku']);
  return { product: null, errors: [taken] };
}

function readProduct(read: InputReader, input: CreateProductInput) {
  const currency = read.currency('currency', input.currency);
  return [
    newId(),
    read.text('sku', input.sku, MAX_SKU),
    read.text('title', input.title, MAX_TITLE),
    read.optionalText('category', input.category, MAX_TITLE),
    read.price('price', input.price, currency),
    currency,
    input.active,
    read.stock('onHand', input.onHand),
    MAIN_LOCATION,
  ];
}

async function insertProduct(query: Query, values: unknown[]): Promise<ProductRow | undefined> {
  const [row] = await query<ProductRow>(
    'products.create',
    `with created as (
       insert into variants (id, sku, title, category, price_minor, currency, active)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (sku) do nothing
       returning *
     ), level as (
       insert into stock_levels (variant_id, location_id, on_hand)
       select id, $9::uuid, $8::integer from created
     ), change as (
       insert into stock_changes (variant_id, location_id, reason, reference_id, delta, actor)
       select id, $9::uuid, 'RECEIVED', id, $8::integer, $10 from created where $8::integer <> 0
     )
     select ${PRODUCT_COLUMNS} from created as variants`,
    values,
  );
  if (row) await recordPrice(query, row);
  return row;
}
