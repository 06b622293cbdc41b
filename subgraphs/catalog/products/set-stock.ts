import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { storable } from '../storable.js';
import { type CatalogContext, requireStaff } from './context.js';
import { CatalogErrorCode, CatalogUserError } from './errors.js';
import { InputReader } from './input.js';
import { PRODUCT_COLUMNS, Product, type ProductRow, toProduct } from './product.js';

@InputType({ description: 'A count of what is in the building.' })
export class SetStockInput {
  @Field(() => String, { description: 'SKU of the product.' })
  sku: string;

  @Field(() => Int, { description: 'Units in the building, those reserved for orders included.' })
  onHand: number;
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
  @Mutation(() => SetStockPayload, {
    description: 'Sets the units on hand, never below what is reserved. Staff only.',
  })
  async setStock(
    @Arg('input', () => SetStockInput, { description: 'Which product, and how many.' })
    input: SetStockInput,
    @Ctx() context: CatalogContext,
  ): Promise<SetStockPayload> {
    requireStaff(context);
    const read = new InputReader();
    const onHand = read.stock('onHand', input.onHand);
    if (read.errors.length > 0) return { product: null, userErrors: read.errors };
    const [row] = await context.db.query<ProductRow>(
      'products.setStock',
      `update products set on_hand = $2
       where sku = $1 and reserved <= $2
       returning ${PRODUCT_COLUMNS}`,
      [storable(input.sku), onHand],
    );
    if (row) return { product: toProduct(row, context.identity), userErrors: [] };
    return { product: null, userErrors: [await whyNot(input.sku, context)] };
  }
}

async function whyNot(sku: string, { loaders }: CatalogContext) {
  const found = await loaders.productBySku.load(sku);
  return found
    ? userError(CatalogErrorCode.STOCK_BELOW_RESERVED, 'More units are reserved.', ['onHand'])
    : userError(CatalogErrorCode.NOT_FOUND, 'There is no such product.', ['sku']);
}
