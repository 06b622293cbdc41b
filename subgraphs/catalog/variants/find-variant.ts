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
import type { CatalogContext } from '../products/context.js';
import { PRICE_HISTORY_SHOWN, type PriceRow } from '../products/loaders.js';
import { Product, toProduct } from '../products/product.js';
import { isVisible, ProductVariant, toVariant, type VariantRow, variantIds } from './variant.js';

@Access('ANYONE')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'A price and since when it is asked.', simpleResolvers: true })
export class VariantPrice {
  @Directive('@cacheControl(inheritMaxAge: true)')
  @Field(() => Money, { description: 'Price of one unit.' })
  price: Money;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when.' })
  validFrom: Date;
}

@Resolver(() => ProductVariant)
export class VariantResolver {
  @Access('ANYONE')
  @Query(() => ProductVariant, {
    nullable: true,
    description: 'The variant with this SKU; null where there is none that you may see.',
  })
  async productVariant(
    @Arg('sku', () => String, { description: 'Stock keeping unit.' }) sku: string,
    @Ctx() context: CatalogContext,
  ): Promise<ProductVariant | null> {
    return visible(await context.loaders.variantBySku.load(sku), context);
  }

  @FieldResolver(() => Product, { description: 'The product that it is a form of.' })
  async product(
    @Root() variant: ProductVariant,
    @Ctx() { loaders }: CatalogContext,
  ): Promise<Product> {
    const row = await loaders.productById.load(variant.productUuid);
    if (!row) throw new Error(`variant ${variant.sku} has no product`);
    return toProduct(row);
  }

  @FieldResolver(() => [VariantPrice], {
    description: `What it cost when: the newest first, at most ${PRICE_HISTORY_SHOWN}.`,
  })
  async priceHistory(
    @Root() variant: ProductVariant,
    @Ctx() context: CatalogContext,
  ): Promise<VariantPrice[]> {
    return (await context.loaders.priceHistory.load(variant.uuid)).map(toPrice);
  }
}

/** Finds the variant that another subgraph refers to, by either key. */
export const resolveVariantReference: ReferenceResolver<CatalogContext> = async (
  { id, sku },
  context,
) => {
  const uuid = typeof id === 'string' ? variantIds.decode(id) : undefined;
  if (uuid) return visible(await context.loaders.variantById.load(uuid), context);
  if (typeof sku !== 'string') return null;
  return visible(await context.loaders.variantBySku.load(sku), context);
};

function visible(row: VariantRow | null, { identity }: CatalogContext): ProductVariant | null {
  return row && isVisible(row, identity) ? toVariant(row) : null;
}

function toPrice({ priceMinor, currency, validFrom }: PriceRow): VariantPrice {
  return { price: money(priceMinor, currency), validFrom: new Date(validFrom) };
}
