import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { Money, money } from '@waybill/kernel/graphql/money.js';
import { type Identity, isStaff } from '@waybill/kernel/identity.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

export const productIds = globalId('Product');

// Staff see more than customers: an answer is for whoever got it.
@Access('ANYONE')
@Directive('@cacheControl(maxAge: 30, scope: PRIVATE)')
@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku")')
@ObjectType({ description: 'Something for sale.', simpleResolvers: true })
export class Product {
  @Field(() => ID, { description: 'Identifies the product everywhere.' })
  id: string;

  @Field(() => String, { description: "Stock keeping unit: the shop's own key, never changed." })
  sku: string;

  @Field(() => String, { description: 'What it is called.' })
  title: string;

  @Field(() => String, { nullable: true, description: 'Where it stands in the shop.' })
  category: string | null;

  @Directive('@cacheControl(inheritMaxAge: true)')
  @Field(() => Money, { description: 'Price of one unit today.' })
  price: Money;

  @Field(() => Boolean, { description: 'Whether it is for sale; others than staff see no other.' })
  active: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'When it entered the catalog.' })
  createdAt: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last edited; sales do not count.' })
  updatedAt: Date;

  /** The bare key, for resolvers; not part of the API. */
  uuid: string;
}

export const ProductConnection = connectionOf('Product', () => Product, { cacheable: true });

/** A product as the table holds it. */
export interface ProductRow {
  id: string;
  sku: string;
  title: string;
  category?: string | null;
  priceMinor: number;
  currency: string;
  active: boolean;
  createdAt: string | Date;
  updatedAt: string | Date;
}

/** The columns of a ProductRow. */
export const PRODUCT_COLUMNS = `variants.id, variants.sku, variants.title, variants.category,
  variants.price_minor::float8 as "priceMinor", variants.currency, variants.active,
  variants.created_at as "createdAt", variants.updated_at as "updatedAt"`;

/** Customers see products that are for sale; what is not for sale looks as if it did not exist. */
export function isVisible(row: ProductRow, identity: Identity): boolean {
  return row.active || isStaff(identity);
}

export function toProduct(row: ProductRow): Product {
  return {
    uuid: row.id,
    id: productIds.encode(row.id),
    sku: row.sku,
    title: row.title,
    category: row.category ?? null,
    price: money(row.priceMinor, row.currency),
    active: row.active,
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
  };
}
