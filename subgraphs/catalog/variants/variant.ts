import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { PriceNow } from '../prices/loaders.js';
import type { ShownStock } from '../stock/levels/read-levels.js';
import { VariantOption } from './option.js';

export const variantIds = globalId('ProductVariant');

// Staff see more than customers: an answer is for whoever got it.
@Access('ANYONE')
@Directive('@cacheControl(maxAge: 30, scope: PRIVATE)')
@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku")')
@ObjectType({
  description: 'One form of a product: what has a SKU, a price and stock, and stands on an order.',
  simpleResolvers: true,
})
export class ProductVariant {
  @Field(() => ID, { description: 'Identifies the variant everywhere.' })
  id: string;

  @Field(() => String, { description: "Stock keeping unit: the shop's own key, never changed." })
  sku: string;

  @Field(() => String, { description: 'Title of the product, and the options: "Shirt (M, blue)".' })
  title: string;

  @Field(() => [VariantOption], { description: 'What sets it apart within its product.' })
  options: VariantOption[];

  @Field(() => Boolean, { description: 'Whether it is for sale; others than staff see no other.' })
  active: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'When it entered the catalog.' })
  createdAt: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last edited; sales do not count.' })
  updatedAt: Date;

  /** Bare keys, for resolvers; not part of the API. */
  uuid: string;
  productUuid: string;
  /** In which it was found; its prices are those of this one unless another is asked for. */
  storefrontId?: string | undefined;
  /** What was read together with it. */
  offer?: Offer | undefined;
}

/** What a variant costs in the storefront in which it was found, and how much of it there is; undefined where not read. */
export interface Offer {
  price?: PriceNow | null;
  stock?: ShownStock;
}

export const ProductVariantConnection = connectionOf('ProductVariant', () => ProductVariant, {
  cacheable: true,
});

/** A variant as the table holds it. */
export interface VariantRow {
  id: string;
  productId: string;
  sku: string;
  title: string;
  options: VariantOption[];
  active: boolean;
  /** Where its product is published, by bare ids of storefronts. */
  publishedIn: string[];
  createdAt: string | Date;
  updatedAt: string | Date;
}

/** A variant without what its product says. */
export type OwnVariantRow = Omit<VariantRow, 'publishedIn'>;

/** The columns of an OwnVariantRow. */
export const OWN_VARIANT_COLUMNS = `variants.id, variants.product_id as "productId", variants.sku, variants.title,
  variants.options, variants.active, variants.created_at as "createdAt", variants.updated_at as "updatedAt"`;

/** The columns of a VariantRow. */
export const VARIANT_COLUMNS = `${OWN_VARIANT_COLUMNS},
  (select published_in from products where products.id = variants.product_id) as "publishedIn"`;

export function toVariant(
  row: OwnVariantRow,
  storefrontId?: string,
  offer?: Offer,
): ProductVariant {
  return {
    storefrontId,
    offer,
    uuid: row.id,
    productUuid: row.productId,
    id: variantIds.encode(row.id),
    sku: row.sku,
    title: row.title,
    options: row.options,
    active: row.active,
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
  };
}
