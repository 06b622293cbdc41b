import { Access } from '@waybill/kernel/graphql/access.js';
import type { Connection } from '@waybill/kernel/graphql/connection.js';
import { Money, money } from '@waybill/kernel/graphql/money.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import {
  Ctx,
  Directive,
  Field,
  FieldResolver,
  Int,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import {
  CATEGORY_COLUMNS,
  Category,
  type CategoryRow,
  toCategory,
} from '../categories/category.js';
import type { Conditions } from '../conditions.js';
import type { CatalogContext } from '../products/context.js';
import { type Product, ProductConnection } from '../products/product.js';
import type { Match } from './match.js';
import { attributeOf, CATEGORY, lowestPrice, PRICE } from './product-filter.js';
import { conditionsOf, type Search } from './search-products.js';

/** Values that are told of one attribute, at the most; and categories, and attributes. */
const MAX_VALUES = 20;
const MAX_KINDS = 100;

const CACHED = '@cacheControl(inheritMaxAge: true)';

@Access('ANYONE')
@Directive(CACHED)
@ObjectType({ description: 'How many of the products stand in a category.', simpleResolvers: true })
export class CategoryFacet {
  @Directive(CACHED)
  @Field(() => Category, { description: 'The category, or one above it.' })
  category: Category;

  @Field(() => Int, { description: 'Products in it and below it.' })
  count: number;
}

@Access('ANYONE')
@Directive(CACHED)
@ObjectType({ description: 'How many of the products have a value.', simpleResolvers: true })
export class ValueFacet {
  @Field(() => String, { description: 'The value, as a filter takes it.' })
  value: string;

  @Field(() => Int, { description: 'Products that have it.' })
  count: number;
}

@Access('ANYONE')
@Directive(CACHED)
@ObjectType({
  description: 'The values that the products have of an attribute.',
  simpleResolvers: true,
})
export class AttributeFacet {
  @Field(() => String, { description: 'Name of the attribute.' })
  name: string;

  @Directive(CACHED)
  @Field(() => [ValueFacet], {
    description: `Its values, the commonest first, at most ${MAX_VALUES}.`,
  })
  values: ValueFacet[];
}

@Access('ANYONE')
@Directive(CACHED)
@ObjectType({
  description: 'What all products of a list have, on all pages.',
  simpleResolvers: true,
})
export class ProductFacets {
  @Field(() => Int, { description: 'How many products there are.' })
  count: number;

  @Directive(CACHED)
  @Field(() => [CategoryFacet], {
    description: `Where they stand, the fullest first, at most ${MAX_KINDS}.`,
  })
  categories: CategoryFacet[];

  @Directive(CACHED)
  @Field(() => [AttributeFacet], {
    description: `What they have of which attribute, by name, at most ${MAX_KINDS}.`,
  })
  attributes: AttributeFacet[];

  @Directive(CACHED)
  @Field(() => Money, { nullable: true, description: 'What the cheapest of them costs at least.' })
  minPrice: Money | null;

  @Directive(CACHED)
  @Field(() => Money, { nullable: true, description: 'What the dearest of them costs at least.' })
  maxPrice: Money | null;
}

/** A page that remembers what it is a page of. */
export type SearchedPage = Connection<Product> & { search: Search; match: Match | undefined };

interface FacetRow {
  count: number;
  minimum: number | null;
  maximum: number | null;
  categories: Array<{ category: CategoryRow; count: number }>;
  attributes: AttributeFacet[];
}

@Resolver(() => ProductConnection)
export class FacetsResolver {
  @Directive(CACHED)
  @FieldResolver(() => ProductFacets, {
    description:
      'What the products of all pages have; one statement more. Of what the filter chooses by, each facet also counts what it does not choose.',
  })
  async facets(
    @Root() { search, match }: SearchedPage,
    @Ctx() context: CatalogContext,
  ): Promise<ProductFacets> {
    if (search.storefrontId === null) return NOTHING;
    const storefrontId = search.storefrontId ?? MAIN_STOREFRONT_ID;
    const where = await conditionsOf(context, search, match);
    const text = facetsOf(where, where.place(storefrontId));
    const [row] = await context.db.query<FacetRow>(
      `products.facets ${where.name}`,
      text,
      where.values,
    );
    const storefront = await context.storefronts.byId.load(storefrontId);
    const price = (amount: number | null | undefined) =>
      amount == null || !storefront ? null : money(amount, storefront.currency);
    return {
      count: row?.count ?? 0,
      categories: (row?.categories ?? []).map(({ category, count }) => ({
        category: toCategory(category),
        count,
      })),
      attributes: row?.attributes ?? [],
      minPrice: price(row?.minimum),
      maxPrice: price(row?.maximum),
    };
  }
}

const NOTHING: ProductFacets = {
  count: 0,
  categories: [],
  attributes: [],
  minPrice: null,
  maxPrice: null,
};

/**
 * What was chosen of a facet does not narrow that facet itself: who looks at red shirts sees how many blue ones there are.
 */
function facetsOf(where: Conditions, storefront: string): string {
  const { text, choices } = where.split;
  const columns = choices.map((choice, i) => `, coalesce(${choice.text}, false) as chosen${i}`);
  const but = (own: string | undefined) =>
    and(choices.map(({ facet }, i) => (facet === own ? 'true' : `chosen${i}`)));
  const butAttribute = choices.map(({ facet }, i) => {
    const attribute = attributeOf(facet);
    return attribute === undefined
      ? `chosen${i}`
      : `(chosen${i} or name = ${where.place(attribute)}::text)`;
  });
  return `
  with open as materialized (
    select id, category_path, attributes ${columns.join('')} from products ${text}
  ), category as (
    select category.id, count(*)::integer as count
    from open, unnest(category_path) as category (id) where ${but(CATEGORY)} group by 1
    order by count desc, id limit ${MAX_KINDS}
  ), value as (
    select name, item #>> '{}' as value, count(*)::integer as count
    from open, jsonb_each(attributes) as attribute (name, content),
      jsonb_path_query(content, '$[*]') as item
    where ${and(butAttribute)} and jsonb_typeof(item) in ('string', 'number', 'boolean') group by 1, 2
  ), ranked as (
    select *, row_number() over (partition by name order by count desc, value) as rank from value
  ), attribute as (
    select name, json_agg(json_build_object('value', value, 'count', count) order by rank) as values
    from ranked where rank <= ${MAX_VALUES} group by 1 order by 1 limit ${MAX_KINDS}
  ), priced as (
    select ${lowestPrice(storefront)} as price from open as products where ${but(PRICE)}
  )
  select (select count(*)::integer from open where ${but(undefined)}) as count,
    (select min(price)::float8 from priced) as minimum, (select max(price)::float8 from priced) as maximum,
    (select coalesce(json_agg(json_build_object('count', count, 'category', to_json(c)) order by count desc, title), '[]')
     from category cross join lateral (
       select ${CATEGORY_COLUMNS} from categories where categories.id = category.id) as c) as categories,
    (select coalesce(json_agg(attribute), '[]') from attribute) as attributes`;
}

const and = (conditions: string[]): string =>
  conditions.length > 0 ? conditions.join(' and ') : 'true';
