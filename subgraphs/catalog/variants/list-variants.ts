import { type FilterQuery, raw } from '@mikro-orm/core';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import {
  type Connection,
  type PageRequest,
  pageRequest,
  toConnection,
} from '@waybill/kernel/graphql/connection.js';
import { isStaff } from '@waybill/kernel/identity.js';
import { Arg, Args, Ctx, Directive, Field, InputType, Query, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { InStorefront, lookingIn } from '../publications/looking-in.js';
import { storable } from '../storable.js';
import { type StoredVariant, VariantTable } from '../tables.js';
import { type ProductVariant, ProductVariantConnection, toVariant } from './variant.js';

@InputType({ description: 'Which variants to list; conditions are joined by and.' })
export class ProductVariantFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Text that stands in the title or the SKU, in any case of letters.',
  })
  search?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only these SKUs.' })
  skus?: string[] | null;
}

@Resolver()
export class ListVariantsResolver {
  @Directive('@cacheControl(maxAge: 30, scope: PRIVATE)')
  @Access('ANYONE')
  @Query(() => ProductVariantConnection, { description: 'Variants in the order of their SKUs.' })
  async productVariants(
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Arg('filter', () => ProductVariantFilter, { nullable: true, description: 'Which variants.' })
    filter: ProductVariantFilter | null,
    @InStorefront() storefront: string | null,
    @Ctx() context: CatalogContext,
  ): Promise<Connection<ProductVariant>> {
    const page = pageRequest(first, after);
    const storefrontId = await lookingIn(context, storefront);
    if (storefrontId === null) return toConnection<never, never>([], page, String, (row) => row);
    const conditions = condition(filter, page, isStaff(context.identity));
    if (storefrontId) conditions.push({ [raw(PUBLISHED, [storefrontId])]: [] });
    const rows = await context.db.em().find(
      VariantTable,
      { $and: conditions },
      {
        orderBy: { sku: 'asc' },
        limit: page.limit,
        disableIdentityMap: true,
      },
    );
    return toConnection(
      rows,
      page,
      (row) => row.sku,
      (row) => toVariant(row, storefrontId),
    );
  }
}

function condition(
  filter: ProductVariantFilter | null,
  { after }: PageRequest,
  staff: boolean,
): FilterQuery<StoredVariant>[] {
  const conditions: FilterQuery<StoredVariant>[] = [];
  if (!staff) conditions.push({ active: true });
  if (after !== undefined) conditions.push({ sku: { $gt: storable(after) } });
  if (filter?.skus) conditions.push({ sku: { $in: filter.skus.map(storable) } });
  if (filter?.search) conditions.push(contains(filter.search));
  return conditions;
}

const PUBLISHED =
  'exists (select from products where products.id = product_id and published_in @> array[?::uuid])';

function contains(text: string): FilterQuery<StoredVariant> {
  const $ilike = `%${storable(text).replace(/[\\%_]/g, '\\$&')}%`;
  return { $or: [{ title: { $ilike } }, { sku: { $ilike } }] };
}
