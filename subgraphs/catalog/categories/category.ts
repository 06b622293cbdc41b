import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type { AttributeSchema } from '../attributes/attribute-schema.js';

export const categoryIds = globalId('Category');

@Access('ANYONE')
@Directive('@cacheControl(maxAge: 30)')
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'Where products stand in the shop: a branch of a tree.',
  simpleResolvers: true,
})
export class Category {
  @Field(() => ID, { description: 'Identifies the category everywhere.' })
  id: string;

  @Field(() => String, { description: 'Names it in addresses: "shirts". No two have the same.' })
  handle: string;

  @Field(() => String, { description: 'What it is called; different from those beside it.' })
  title: string;

  @Field(() => Int, { description: 'Those beside each other are shown by position, then title.' })
  position: number;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description:
      'JSON Schema for the attributes of products in it and below it, beside those of the categories above.',
  })
  attributeSchema: AttributeSchema | null;

  /** Bare keys, for resolvers; not part of the API. */
  uuid: string;
  path: string[];
}

export const CategoryConnection = connectionOf('Category', () => Category, { cacheable: true });

/** A category as the table holds it. */
export interface CategoryRow {
  id: string;
  handle: string;
  title: string;
  parentId: string | null;
  /** From the top to itself. */
  path: string[];
  position: number;
  attributeSchema: AttributeSchema | null;
}

/** The columns of a CategoryRow. */
export const CATEGORY_COLUMNS = `categories.id, categories.handle, categories.title,
  categories.parent_id as "parentId", categories.path, categories.position,
  categories.attribute_schema as "attributeSchema"`;

export function toCategory({ id, parentId: _, ...row }: CategoryRow): Category {
  return { ...row, uuid: id, id: categoryIds.encode(id) };
}
