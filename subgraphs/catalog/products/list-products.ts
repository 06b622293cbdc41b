import type { Query } from '@waybill/kernel/database.js';
import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import {
  type Connection,
  type PageRequest,
  pageRequest,
  toConnection,
} from '@waybill/kernel/graphql/connection.js';
import { isStaff } from '@waybill/kernel/identity.js';
import { isUuid } from '@waybill/kernel/ids.js';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  InputType,
  Int,
  Query as QueryField,
  Resolver,
} from 'type-graphql';
import { AttributeFilter, attributePath } from '../attributes/attribute-filter.js';
import { Conditions } from '../conditions.js';
import { InStorefront, lookingIn } from '../publications/looking-in.js';
import { storable } from '../storable.js';
import type { CatalogContext } from './context.js';
import {
  PRODUCT_COLUMNS,
  type Product,
  ProductConnection,
  type ProductRow,
  toProduct,
} from './product.js';

@InputType({ description: 'Which products to list; conditions are joined by and.' })
export class ProductFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Handle of a category: only products in it or in one below it.',
  })
  category?: string | null;

  @Field(() => [AttributeFilter], {
    nullable: true,
    description: 'Only products that have one of the values of each of these attributes.',
  })
  attributes?: AttributeFilter[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Text that stands in the title or a SKU, in any case of letters.',
  })
  search?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only products with one of these SKUs.' })
  skus?: string[] | null;
}

@Resolver()
export class ListProductsResolver {
  @Directive('@cacheControl(maxAge: 30, scope: PRIVATE)')
  @Access('ANYONE')
  @QueryField(() => ProductConnection, { description: 'Products in the order of their titles.' })
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
    @InStorefront() storefront: string | null,
    @Ctx() context: CatalogContext,
  ): Promise<Connection<Product>> {
    const page = pageRequest(first, after);
    const storefrontId = await lookingIn(context, storefront);
    const who = { isStaff: isStaff(context.identity), storefrontId };
    const rows =
      storefrontId === null ? [] : await listProducts(context.db.query, filter ?? {}, page, who);
    return toConnection(rows, page, keyOf, (row) => toProduct(row, storefrontId ?? undefined));
  }
}

type Listed = ProductRow & { key: string };

/** Ids have one length: what follows is the title. */
const ID_LENGTH = 36;
const keyOf = ({ key, id }: Listed) => `${id}${key}`;

function listProducts(
  query: Query,
  { category, attributes, search, skus }: ProductFilter,
  page: PageRequest,
  who: { isStaff: boolean; storefrontId: string | null | undefined },
): Promise<Listed[]> {
  const where = new Conditions([page.limit]);
  if (!who.isStaff) where.and('active', 'active');
  if (who.storefrontId) where.and('storefront', PUBLISHED, who.storefrontId);
  if (page.after !== undefined) where.and('after', AFTER, afterKey(page.after));
  if (category != null) where.and('category', BELOW, storable(category));
  for (const each of attributes ?? []) where.and('attribute', HAVING, attributePath(each));
  if (skus) where.and('skus', WITH_SKU, skus.map(storable));
  if (search) where.and('search', CONTAINING, patternOf(search));
  const text = `select ${PRODUCT_COLUMNS}, lower(title) as key from products ${where.text}
    order by lower(title) collate "C", id limit $1`;
  return query<Listed>(`products.list ${where.name}`, text, where.values);
}

const AFTER = `(lower(title) collate "C", id) > (($?::text[])[1], ($?::text[])[2]::uuid)`;
const BELOW = 'category_path @> array[(select id from categories where handle = $?)]';
const HAVING = 'attributes @@ $?::jsonpath';
const PUBLISHED = 'published_in @> array[$?::uuid]';
const WITH_SKU = 'id in (select product_id from variants where sku = any($?::text[]))';
const CONTAINING = '(title ilike $? or id in (select product_id from variants where sku ilike $?))';

function afterKey(after: string): [string, string] {
  const id = after.slice(0, ID_LENGTH);
  if (!isUuid(id)) throw new ClientError('BAD_USER_INPUT', 'after is not a cursor.');
  return [storable(after.slice(ID_LENGTH)), id];
}

const patternOf = (text: string) => `%${storable(text).replace(/[\\%_]/g, '\\$&')}%`;
