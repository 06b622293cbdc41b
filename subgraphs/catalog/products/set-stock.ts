import type { Database, Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { storable } from '../storable.js';
import type { CatalogContext } from './context.js';
import { CatalogErrorCode, CatalogUserError } from './errors.js';
import { InputReader } from './input.js';
import { once } from './once.js';
import { PRODUCT_COLUMNS, Product, type ProductRow } from './product.js';
import { presentProduct, type StoredProduct } from './stored-product.js';

@InputType({ description: 'A count of what is in the building.' })
export class SetStockInput {
  @Field(() => String, { description: 'SKU of the product.' })
  sku: string;

  @Field(() => Int, { description: 'Units in the building, those reserved for orders included.' })
  onHand: number;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The product, or why its stock stayed.', simpleResolvers: true })
export class SetStockPayload {
  @Field(() => Product, { nullable: true, description: 'The product as it is now.' })
  product: Product | null;

  @Field(() => [CatalogUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UserError<CatalogErrorCode>[];
}

@Resolver()
export class SetStockResolver {
  @Access('STAFF')
  @Mutation(() => SetStockPayload, {
    description: 'Sets the units on hand, never below what is reserved. Staff only.',
  })
  async setStock(
    @Arg('input', () => SetStockInput, { description: 'Which product, and how many.' })
    input: SetStockInput,
    @Ctx() context: CatalogContext,
  ): Promise<SetStockPayload> {
    const read = new InputReader();
    const onHand = read.stock('onHand', input.onHand);
    if (read.errors.length > 0) return { product: null, userErrors: read.errors };
    const asked = { mutation: 'setStock', input, nothing: { product: null } };
    const sku = storable(input.sku);
    const set = await once<StoredProduct>(context, asked, (db) => setStock(db, sku, onHand));
    return presentProduct(set);
  }
}

async function setStock({ query }: Database, sku: string, onHand: number): Promise<StoredProduct> {
  const [product] = await query<ProductRow>(
    'products.setStock',
    `with before as (
       select id, on_hand from variants where sku = $1 for no key update
     ), counted as (
       update variants set on_hand = $2::integer
       from before where variants.id = before.id and reserved <= $2::integer
       returning variants.*, $2::integer - before.on_hand as delta
     ), change as (
       insert into stock_changes (variant_id, reason, reference_id, delta)
       select id, 'SET', $3::uuid, delta from counted where delta <> 0
     )
     select ${PRODUCT_COLUMNS} from counted as variants`,
    [sku, onHand, newId()],
  );
  return product ? { product, errors: [] } : { product: null, errors: [await whyNot(query, sku)] };
}

async function whyNot(query: Query, sku: string) {
  const found = await query('products.isKnown', 'select 1 from variants where sku = $1', [sku]);
  return found.length > 0
    ? userError(CatalogErrorCode.STOCK_BELOW_RESERVED, 'More units are reserved.', ['onHand'])
    : userError(CatalogErrorCode.NOT_FOUND, 'There is no such product.', ['sku']);
}
