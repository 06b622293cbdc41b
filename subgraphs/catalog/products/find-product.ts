import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { isSelected } from '@waybill/kernel/graphql/selected.js';
import { isStaff } from '@waybill/kernel/identity.js';
import type { ReferenceResolver } from '@waybill/kernel/subgraph-schema.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { Category, toCategory } from '../categories/category.js';
import { InStorefront, isVisible, lookingIn } from '../publications/looking-in.js';
import { Storefront, toStorefront } from '../storefronts/storefront.js';
import { ProductVariant, toVariant } from '../variants/variant.js';
import type { CatalogContext } from './context.js';
import { Product, type ProductRow, productIds, toProduct } from './product.js';

@Resolver(() => Product)
export class ProductResolver {
  @Access('ANYONE')
  @Query(() => Product, {
    nullable: true,
    description: 'The product with this id or handle; null where there is none that you may see.',
  })
  async product(
    @Arg('id', () => ID, { nullable: true, description: 'Its id.' }) id: string | null,
    @Arg('handle', () => String, { nullable: true, description: 'Its handle.' })
    handle: string | null,
    @InStorefront() storefront: string | null,
    @Ctx() context: CatalogContext,
  ): Promise<Product | null> {
    if ((id == null) === (handle == null)) {
      throw new ClientError('BAD_USER_INPUT', 'Ask by id or by handle.');
    }
    const storefrontId = await lookingIn(context, storefront);
    if (storefrontId === null) return null;
    if (id != null) return findById(id, context, storefrontId);
    return visible(await context.loaders.productByHandle.load(handle ?? ''), context, storefrontId);
  }

  @FieldResolver(() => Category, { nullable: true, description: 'Where it stands in the shop.' })
  async category(
    @Root() { categoryId }: Product,
    @Ctx() { categories }: CatalogContext,
  ): Promise<Category | null> {
    const row = categoryId === null ? null : await categories.byId.load(categoryId);
    return row && toCategory(row);
  }

  @FieldResolver(() => [ProductVariant], {
    description: 'The forms in which it is sold, the oldest first.',
  })
  async variants(
    @Root() { uuid, publishedIn, storefrontId }: Product,
    @Ctx() { loaders, identity }: CatalogContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ProductVariant[]> {
    const rows = await loaders.variantsOfProduct.load({
      productId: uuid,
      storefrontId: storefrontId ?? MAIN_STOREFRONT_ID,
      price: isSelected(info, 'price'),
      // Staff are shown more of it.
      stock: !isStaff(identity) && isSelected(info, 'stock'),
    });
    return rows
      .filter(({ active }) => isVisible({ active, publishedIn }, identity))
      .map((row) => toVariant(row, storefrontId, row.offer));
  }

  @Access('STAFF')
  @FieldResolver(() => [Storefront], {
    nullable: true,
    description: 'Where it is published. Staff only.',
  })
  async storefronts(
    @Root() { publishedIn }: Product,
    @Ctx() { storefronts, identity }: CatalogContext,
  ): Promise<Storefront[] | null> {
    if (!isStaff(identity)) return null;
    const rows = await Promise.all(publishedIn.map((id) => storefronts.byId.load(id)));
    return rows.flatMap((row) => (row ? [toStorefront(row, identity)] : []));
  }
}

/** Finds the product that another subgraph refers to. */
export const resolveProductReference: ReferenceResolver<CatalogContext> = ({ id }, context) =>
  findById(String(id), context);

async function findById(
  id: string,
  context: CatalogContext,
  storefrontId?: string,
): Promise<Product | null> {
  const uuid = productIds.decode(id);
  if (!uuid) return null;
  return visible(await context.loaders.productById.load(uuid), context, storefrontId);
}

function visible(
  row: ProductRow | null,
  { identity }: CatalogContext,
  storefrontId?: string,
): Product | null {
  return row && isVisible(row, identity, storefrontId) ? toProduct(row, storefrontId) : null;
}
