import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import { pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import { isStaff } from '@waybill/kernel/identity.js';
import { Arg, Args, Ctx, Directive, Query, Resolver } from 'type-graphql';
import { InStorefront, lookingIn } from '../publications/looking-in.js';
import type { SearchedPage } from '../search/facets.js';
import { ProductFilter } from '../search/product-filter.js';
import { ProductSort } from '../search/product-sort.js';
import { searchProducts } from '../search/search-products.js';
import type { CatalogContext } from './context.js';
import { ProductConnection, toProduct } from './product.js';

@Resolver()
export class ListProductsResolver {
  @Directive('@cacheControl(maxAge: 30, scope: PRIVATE)')
  @Access('ANYONE')
  @Query(() => ProductConnection, {
    description:
      'Products: what fits the words best first, or by title where none are searched for.',
  })
  async products(
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Arg('filter', () => ProductFilter, { nullable: true, description: 'Which products.' })
    filter: ProductFilter | null,
    @Arg('sort', () => ProductSort, { nullable: true, description: 'In what order.' })
    sort: ProductSort | null,
    @InStorefront() storefront: string | null,
    @Ctx() context: CatalogContext,
  ): Promise<SearchedPage> {
    const page = pageRequest(first, after);
    const storefrontId = await lookingIn(context, storefront);
    const search = {
      storefrontId,
      filter: filter ?? {},
      sort: sort ?? ProductSort.RELEVANCE,
      all: isStaff(context.identity),
    };
    const { rows, match } = await searchProducts(context, search, page);
    const connection = toConnection(
      rows,
      page,
      ({ cursor }) => cursor,
      (row) => toProduct(row, storefrontId ?? undefined),
    );
    return { ...connection, search, match };
  }
}
