import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { AttributeSchema } from '../attributes/attribute-schema.js';
import { insistOnFit, ProductsBreak, schemaErrors } from '../attributes/category-schema.js';
import type { CatalogContext } from '../products/context.js';
import { refreshProducts } from '../products/refresh-products.js';
import type { CategoryRow } from './category.js';
import {
  CategoryPayload,
  presentCategory,
  refused,
  type SavedCategory,
} from './category-payload.js';
import { type CategoryError, CategoryErrorCode as Code, once } from './errors.js';
import { findCategory, lockBranch, lockTree, pathBelow, problemsOf } from './tree.js';

@InputType({ description: 'What to change of a category; what is left out stays.' })
export class UpdateCategoryInput {
  @Field(() => ID, { description: 'The category.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Names it in addresses.' })
  handle?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The category above; null moves it to the top. All below it comes along.',
  })
  parentId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its place among those beside it.' })
  position?: number | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description:
      'JSON Schema (draft 2020-12) for the attributes of its products, which must fit it already; null takes it away.',
  })
  attributeSchema?: AttributeSchema | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class UpdateCategoryResolver {
  @Access('STAFF')
  @Mutation(() => CategoryPayload, {
    description: 'Changes a category or moves it within the tree. Staff only.',
  })
  async updateCategory(
    @Arg('input', () => UpdateCategoryInput, { description: 'Which category, and what of it.' })
    input: UpdateCategoryInput,
    @Ctx() context: CatalogContext,
  ): Promise<CategoryPayload> {
    const asked = { mutation: 'updateCategory', input, nothing: { category: null } };
    try {
      const updated = await once<SavedCategory>(context, asked, (db) =>
        db.transaction((query) => updateCategory(query, input)),
      );
      return presentCategory(updated);
    } catch (error) {
      if (error instanceof ProductsBreak) return { category: null, userErrors: error.errors };
      throw error;
    }
  }
}

async function updateCategory(query: Query, input: UpdateCategoryInput): Promise<SavedCategory> {
  await lockTree(query);
  const before = await findCategory(query, input.id);
  if (!before) return refused(userError(Code.NOT_FOUND, 'No such category.', ['id']));
  const place = await placeOf(query, before, input.parentId);
  if ('error' in place) return refused(place.error);
  const category = {
    ...before,
    ...place,
    title: input.title?.trim() ?? before.title,
    handle: input.handle?.trim() ?? before.handle,
    position: input.position ?? before.position,
    attributeSchema:
      input.attributeSchema === undefined ? before.attributeSchema : input.attributeSchema,
  };
  const errors = [...schemaErrors(input.attributeSchema), ...(await problemsOf(query, category))];
  if (errors.length > 0) return refused(...errors);
  await lockBranch(query, category.id);
  await saveCategory(query, category);
  const moved = category.parentId !== before.parentId;
  if (moved || category.title !== before.title) {
    const products = await lockProductsBelow(query, before.id);
    if (moved) await moveBelow(query, before, category);
    await refreshProducts(query, products);
  }
  if (input.attributeSchema !== undefined) await insistOnFit(query, before.id, 'attributeSchema');
  else if (moved) await insistOnFit(query, before.id, 'parentId');
  return { category, errors: [] };
}

type Place = Pick<CategoryRow, 'parentId' | 'path'>;

async function placeOf(
  query: Query,
  category: CategoryRow,
  parentId: string | null | undefined,
): Promise<Place | { error: CategoryError }> {
  if (parentId === undefined) return { parentId: category.parentId, path: category.path };
  const parent = parentId === null ? null : await findCategory(query, parentId);
  if (parent === undefined) {
    return { error: userError(Code.NOT_FOUND, 'No such category.', ['parentId']) };
  }
  const place = pathBelow(category.id, parent, await levelsBelow(query, category));
  return 'error' in place ? place : { parentId: parent?.id ?? null, ...place };
}

async function levelsBelow(query: Query, { id, path }: CategoryRow): Promise<number> {
  const [row] = await query<{ depth: number }>(
    'categories.depth',
    'select max(cardinality(path)) as depth from categories where path @> array[$1::uuid]',
    [id],
  );
  return (row?.depth ?? path.length) - path.length;
}

async function saveCategory(query: Query, row: CategoryRow): Promise<void> {
  await query(
    'categories.update',
    `update categories
     set handle = $2, title = $3, parent_id = $4, position = $5, attribute_schema = $6 where id = $1`,
    [row.id, row.handle, row.title, row.parentId, row.position, row.attributeSchema],
  );
}

/** Those that are found by its title, or move along: a variant of them may just be changing. */
async function lockProductsBelow(query: Query, id: string): Promise<string[]> {
  const products = await query<{ id: string }>(
    'products.lockBelow',
    `select id from products where category_path @> array[$1::uuid]
     order by id for no key update`,
    [id],
  );
  return products.map((product) => product.id);
}

/** What stands in a category or below it moves along: the path that led there is replaced. */
async function moveBelow(query: Query, before: CategoryRow, after: CategoryRow): Promise<void> {
  const moved = (column: string) =>
    `${column} = $2::uuid[] || ${column}[$3:] where ${column} @> array[$1::uuid]`;
  const values = [before.id, after.path.slice(0, -1), before.path.length];
  await query('categories.move', `update categories set ${moved('path')}`, values);
  await query('categories.moveProducts', `update products set ${moved('category_path')}`, values);
}
