import { Access } from '@waybill/kernel/graphql/access.js';
import { Money, money } from '@waybill/kernel/graphql/money.js';
import type { ReferenceResolver } from '@waybill/kernel/subgraph-schema.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { CatalogContext } from './context.js';
import { PRICE_HISTORY_SHOWN, type PriceRow } from './loaders.js';
import { isVisible, Product, type ProductRow, productIds, toProduct } from './product.js';

@Access('ANYONE')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'A price and since when it is asked.', simpleResolvers: true })
export class ProductPrice {
  @Directive('@cacheControl(inheritMaxAge: true)')
  @Field(() => Money, { description: 'Price of one unit.' })
  price: Money;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when.' })
  validFrom: Date;
}

@Resolver(() => Product)
export class ProductResolver {
  @Access('ANYONE')
  @Query(() => Product, {
    nullable: true,
    description: 'The product with this SKU; null where there is none that you may see.',
  })
  async product(
    @Arg('sku', () => String, { description: 'Stock keeping unit.' }) sku: string,
    @Ctx() context: CatalogContext,
  ): Promise<Product | null> {
    return visible(await context.loaders.productBySku.load(sku), context);
  }

  @FieldResolver(() => [ProductPrice], {
    description: `What it cost when: the newest first, at most ${PRICE_HISTORY_SHOWN}.`,
  })
  async priceHistory(
    @Root() product: Product,
    @Ctx() context: CatalogContext,
  ): Promise<ProductPrice[]> {
    return (await context.loaders.priceHistory.load(product.uuid)).map(toPrice);
  }
}

/** Finds the product that another subgraph refers to, by either key. */
export const resolveProductReference: ReferenceResolver<CatalogContext> = async (
  { id, sku },
  context,
) => {
  const uuid = typeof id === 'string' ? productIds.decode(id) : undefined;
  if (uuid) return visible(await context.loaders.productById.load(uuid), context);
  if (typeof sku !== 'string') return null;
  return visible(await context.loaders.productBySku.load(sku), context);
};

function visible(row: ProductRow | null, { identity }: CatalogContext): Product | null {
  return row && isVisible(row, identity) ? toProduct(row) : null;
}

function toPrice({ priceMinor, currency, validFrom }: PriceRow): ProductPrice {
  return { price: money(priceMinor, currency), validFrom: new Date(validFrom) };
}
