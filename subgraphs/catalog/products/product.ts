import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { Attributes } from '../attributes/attribute-schema.js';

export const productIds = globalId('Product');

// Staff see more than customers: an answer is for whoever got it.
@Access('ANYONE')
@Directive('@cacheControl(maxAge: 30, scope: PRIVATE)')
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'What a customer recognizes as one thing; it is sold in one or more variants.',
  simpleResolvers: true,
})
export class Product {
  @Field(() => ID, { description: 'Identifies the product everywhere.' })
  id: string;

  @Field(() => String, {
    description: 'Names it in addresses: "linen-shirt". No two have the same.',
  })
  handle: string;

  @Field(() => String, { description: 'What it is called.' })
  title: string;

  @Field(() => String, { nullable: true, description: 'What there is to say about it.' })
  description: string | null;

  @Field(() => GraphQLJSONObject, {
    description: 'What is special about it, as the schemas of its category have it.',
  })
  attributes: Attributes;

  @Field(() => Boolean, {
    description: 'Whether any of its variants is for sale; others than staff see no other.',
  })
  active: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'When it entered the catalog.' })
  createdAt: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last edited.' })
  updatedAt: Date;

  /** Bare keys, for resolvers; not part of the API. */
  uuid: string;
  publishedIn: string[];
  /** In which it was found; see ProductVariant. */
  storefrontId?: string | undefined;
  categoryId: string | null;
}

export const ProductConnection = connectionOf('Product', () => Product, { cacheable: true });

/** A product as the table holds it. */
export interface ProductRow {
  id: string;
  handle: string;
  title: string;
  description: string | null;
  categoryId: string | null;
  attributes: Attributes;
  active: boolean;
  /** Bare ids of storefronts. */
  publishedIn: string[];
  createdAt: string | Date;
  updatedAt: string | Date;
}

/** The columns of a ProductRow. */
export const PRODUCT_COLUMNS = `products.id, products.handle, products.title, products.description,
  products.category_id as "categoryId", products.attributes, products.active,
  products.published_in as "publishedIn", products.created_at as "createdAt", products.updated_at as "updatedAt"`;

export function toProduct(
  { id, createdAt, updatedAt, ...row }: ProductRow,
  storefrontId?: string,
): Product {
  return {
    ...row,
    storefrontId,
    uuid: id,
    id: productIds.encode(id),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}
