import { ClientError } from '@waybill/kernel/errors.js';
import { toMinor } from '@waybill/kernel/money.js';
import { Field, InputType } from 'type-graphql';
import { AttributeFilter, attributePath } from '../attributes/attribute-filter.js';
import type { Conditions } from '../conditions.js';
import { priceInForce } from '../prices/price-row.js';
import { AVAILABLE } from '../stock/levels/available.js';
import { storable } from '../storable.js';
import type { StorefrontLoaders } from '../storefronts/loaders.js';

@InputType({ description: 'A range of prices; both ends belong to it.' })
export class PriceRangeFilter {
  @Field(() => String, { nullable: true, description: 'At least this: "10.00".' })
  min?: string | null;

  @Field(() => String, { nullable: true, description: 'At most this: "25.00".' })
  max?: string | null;
}

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

  @Field(() => PriceRangeFilter, {
    nullable: true,
    description: 'Only products of which a variant for sale has a price now in this range.',
  })
  price?: PriceRangeFilter | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Only products of which units of a variant are there to be had at once; false is as good as nothing.',
  })
  inStock?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words that all begin a word of the title, a SKU, the category, an attribute or the description. Where nothing has them, words like them.',
  })
  search?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only products with one of these SKUs.' })
  skus?: string[] | null;
}

/** Names of facets. */
export const CATEGORY = 'category';
export const PRICE = 'price';
const ATTRIBUTE = 'attribute ';
export const attributeFacet = (name: string): string => ATTRIBUTE + name;
/** The attribute that a facet is of; undefined of another. */
export const attributeOf = (facet: string): string | undefined =>
  facet.startsWith(ATTRIBUTE) ? facet.slice(ATTRIBUTE.length) : undefined;

/** Adds what a filter says besides the words to search for. */
export async function addFilter(
  where: Conditions,
  { category, attributes, price, inStock, skus }: ProductFilter,
  storefronts: StorefrontLoaders,
  storefrontId: string,
): Promise<void> {
  if (category != null) where.chosen(CATEGORY, 'category', BELOW, storable(category));
  for (const each of attributes ?? [])
    where.chosen(attributeFacet(each.name), 'attribute', HAVING, attributePath(each));
  if (skus) where.and('skus', WITH_SKU, skus.map(storable));
  if (inStock) where.and('inStock', IN_STOCK);
  if (!price) return;
  const range = await rangeOf(price, storefronts, storefrontId);
  where.chosen(PRICE, 'price', inRange(where.place(storefrontId)), range);
}

const BELOW = 'category_path @> array[(select id from categories where handle = $?)]';
const HAVING = 'attributes @@ $?::jsonpath';
const WITH_SKU = 'products.id in (select product_id from variants where sku = any($?::text[]))';

const IN_STOCK = `exists (
  select from variants where product_id = products.id and active and ${AVAILABLE} > 0)`;

/** SQL: the prices now of the variants of a product that are for sale. */
const prices = (storefront: string) => `variants
    cross join ${priceInForce('variants.id', `${storefront}::uuid`, 'prices.amount')} as price
  where product_id = products.id and variants.active`;

/** SQL: the lowest of them in a storefront; null where there is none. */
export const lowestPrice = (storefront: string) =>
  `(select min(price.amount) from ${prices(storefront)})`;

const inRange = (storefront: string) => `exists (select from ${prices(storefront)}
    and price.amount between ($?::bigint[])[1] and ($?::bigint[])[2])`;

/** In minor units of the currency of the storefront. */
async function rangeOf(
  { min, max }: PriceRangeFilter,
  { byId }: StorefrontLoaders,
  storefrontId: string,
): Promise<[number, number]> {
  const currency = (await byId.load(storefrontId))?.currency ?? '';
  const minor = (text: string | null | undefined, none: number) => {
    const amount = text == null ? none : toMinor(text, currency);
    if (amount === undefined) {
      throw new ClientError('BAD_USER_INPUT', `${text} is no price in ${currency}.`);
    }
    return amount;
  };
  return [minor(min, 0), minor(max, Number.MAX_SAFE_INTEGER)];
}
