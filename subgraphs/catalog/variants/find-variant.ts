import { Access } from '@waybill/kernel/graphql/access.js';
import type { ReferenceResolver } from '@waybill/kernel/subgraph-schema.js';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { Product, toProduct } from '../products/product.js';
import { InStorefront, isVisible, lookingIn } from '../publications/looking-in.js';
import { ProductVariant, toVariant, type VariantRow, variantIds } from './variant.js';

@Resolver(() => ProductVariant)
export class VariantResolver {
  @Access('ANYONE')
  @Query(() => ProductVariant, {
    nullable: true,
    description: 'The variant with this SKU; null where there is none that you may see.',
  })
  async productVariant(
    @Arg('sku', () => String, { description: 'Stock keeping unit.' }) sku: string,
    @InStorefront() storefront: string | null,
    @Ctx() context: CatalogContext,
  ): Promise<ProductVariant | null> {
    const storefrontId = await lookingIn(context, storefront);
    if (storefrontId === null) return null;
    return visible(await context.loaders.variantBySku.load(sku), context, storefrontId);
  }

  @FieldResolver(() => Product, { description: 'The product that it is a form of.' })
  async product(
    @Root() variant: ProductVariant,
    @Ctx() { loaders }: CatalogContext,
  ): Promise<Product> {
    const row = await loaders.productById.load(variant.productUuid);
    if (!row) throw new Error(`variant ${variant.sku} has no product`);
    return toProduct(row, variant.storefrontId);
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

function visible(
  row: VariantRow | null,
  { identity }: CatalogContext,
  storefrontId?: string,
): ProductVariant | null {
  return row && isVisible(row, identity, storefrontId) ? toVariant(row, storefrontId) : null;
}
