import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { AttributeSchema } from '../attributes/attribute-schema.js';
import { schemaErrors } from '../attributes/category-schema.js';
import type { CatalogContext } from '../products/context.js';
import { slug } from '../products/handle.js';
import type { CategoryRow } from './category.js';
import {
  CategoryPayload,
  presentCategory,
  refused,
  type SavedCategory,
} from './category-payload.js';
import { CategoryErrorCode as Code, once } from './errors.js';
import { findCategory, lockTree, pathBelow, problemsOf } from './tree.js';

@InputType({ description: 'A new category.' })
export class CreateCategoryInput {
  @Field(() => String, { description: 'What it is called; different from those beside it.' })
  title: string;

  @Field(() => String, {
    nullable: true,
    description: 'Names it in addresses; left out, it is made of the title.',
  })
  handle?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The category above; left out, it is at the top.',
  })
  parentId?: string | null;

  @Field(() => Int, { defaultValue: 0, description: 'Its place among those beside it.' })
  position: number;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'JSON Schema (draft 2020-12) for the attributes of its products.',
  })
  attributeSchema?: AttributeSchema | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class CreateCategoryResolver {
  @Access('STAFF')
  @Mutation(() => CategoryPayload, { description: 'Adds a category to the tree. Staff only.' })
  async createCategory(
    @Arg('input', () => CreateCategoryInput, { description: 'The category.' })
    input: CreateCategoryInput,
    @Ctx() context: CatalogContext,
  ): Promise<CategoryPayload> {
    const asked = { mutation: 'createCategory', input, nothing: { category: null } };
    const created = await once<SavedCategory>(context, asked, (db) =>
      db.transaction((query) => createCategory(query, input)),
    );
    return presentCategory(created);
  }
}

async function createCategory(query: Query, input: CreateCategoryInput): Promise<SavedCategory> {
  await lockTree(query);
  const parent = input.parentId == null ? null : await findCategory(query, input.parentId);
  if (parent === undefined) {
    return refused(userError(Code.NOT_FOUND, 'No such category.', ['parentId']));
  }
  const id = newId();
  const place = pathBelow(id, parent);
  if ('error' in place) return refused(place.error);
  const category = {
    id,
    handle: input.handle?.trim() ?? slug(input.title),
    title: input.title.trim(),
    parentId: parent?.id ?? null,
    position: input.position,
    path: place.path,
    attributeSchema: input.attributeSchema ?? null,
  };
  const errors = [
    ...schemaErrors(category.attributeSchema),
    ...(await problemsOf(query, category)),
  ];
  if (errors.length > 0) return refused(...errors);
  await insertCategory(query, category);
  return { category, errors: [] };
}

export async function insertCategory(query: Query, category: CategoryRow): Promise<void> {
  const { id, handle, title, parentId, path, position, attributeSchema } = category;
  await query(
    'categories.insert',
    `insert into categories (id, handle, title, parent_id, path, position, attribute_schema)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, handle, title, parentId, path, position, attributeSchema],
  );
}
