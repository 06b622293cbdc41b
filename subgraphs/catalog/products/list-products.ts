import type { FilterQuery } from '@mikro-orm/core';
import { Access } from '@waybill/kernel/graphql/access.js';
import {
  type Connection,
  type PageRequest,
  pageRequest,
  toConnection,
} from '@waybill/kernel/graphql/connection.js';
import { isStaff } from '@waybill/kernel/identity.js';
import { Arg, Ctx, Directive, Field, InputType, Int, Query, Resolver } from 'type-graphql';
import { storable } from '../storable.js';
import { ProductTable, type StoredProduct } from '../tables.js';
import type { CatalogContext } from './context.js';
import { type Product, ProductConnection, toProduct } from './product.js';

@InputType({ description: 'Which products to list; conditions are joined by and.' })
export class ProductFilter {
  @Field(() => String, { nullable: true, description: 'Only this category.' })
  category?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Text that stands in the title or the SKU, in any case of letters.',
  })
  search?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only these SKUs.' })
  skus?: string[] | null;
}

@Resolver()
export class ListProductsResolver {
  @Directive('@cacheControl(maxAge: 30, scope: PRIVATE)')
  @Access('ANYONE')
  @Query(() => ProductConnection, { description: 'Products in the order of their SKUs.' })
  async products(
    @Arg('first', () => Int, {
      nullable: true,
      description: 'How many, from 1 to 100; 20 unless told.',
    })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Cursor after which the page begins.',
    })
    after: string | null,
    @Arg('filter', () => ProductFilter, { nullable: true, description: 'Which products.' })
    filter: ProductFilter | null,
    @Ctx() { db, identity }: CatalogContext,
  ): Promise<Connection<Product>> {
    const page = pageRequest(first, after);
    const rows = await db.em().find(ProductTable, condition(filter, page, isStaff(identity)), {
      orderBy: { sku: 'asc' },
      limit: page.limit,
      disableIdentityMap: true,
    });
    return toConnection(rows, page, (row) => row.sku, toProduct);
  }
}

function condition(
  filter: ProductFilter | null,
  { after }: PageRequest,
  staff: boolean,
): FilterQuery<StoredProduct> {
  const conditions: FilterQuery<StoredProduct>[] = [];
  if (!staff) conditions.push({ active: true });
  if (after !== undefined) conditions.push({ sku: { $gt: storable(after) } });
  if (filter?.category != null) conditions.push({ category: storable(filter.category) });
  if (filter?.skus) conditions.push({ sku: { $in: filter.skus.map(storable) } });
  if (filter?.search) conditions.push(contains(filter.search));
  return { $and: conditions };
}

function contains(text: string): FilterQuery<StoredProduct> {
  const $ilike = `%${storable(text).replace(/[\\%_]/g, '\\$&')}%`;
  return { $or: [{ title: { $ilike } }, { sku: { $ilike } }] };
}
