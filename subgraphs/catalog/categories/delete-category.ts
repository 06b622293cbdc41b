import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import {
  type CategoryError,
  CategoryUserError,
  CategoryErrorCode as Code,
  once,
} from './errors.js';
import { findCategory, lockBranch, lockTree } from './tree.js';

@InputType({ description: 'The category to delete.' })
export class DeleteCategoryInput {
  @Field(() => ID, { description: 'The category; nothing may stand in it.' })
  id: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Whether the category is gone.', simpleResolvers: true })
export class DeleteCategoryPayload {
  @Field(() => ID, { nullable: true, description: 'The category that is no more.' })
  deletedId: string | null;

  @Field(() => [CategoryUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: CategoryError[];
}

interface Deleted {
  deletedId: string | null;
  errors: CategoryError[];
}

@Resolver()
export class DeleteCategoryResolver {
  @Access('STAFF')
  @Mutation(() => DeleteCategoryPayload, {
    description: 'Deletes a category in which nothing stands any more. Staff only.',
  })
  async deleteCategory(
    @Arg('input', () => DeleteCategoryInput, { description: 'Which category.' })
    input: DeleteCategoryInput,
    @Ctx() context: CatalogContext,
  ): Promise<DeleteCategoryPayload> {
    const asked = { mutation: 'deleteCategory', input, nothing: { deletedId: null } };
    const { deletedId, errors } = await once<Deleted>(context, asked, (db) =>
      db.transaction((query) => deleteCategory(query, input.id)),
    );
    return { deletedId, userErrors: errors };
  }
}

async function deleteCategory(query: Query, id: string): Promise<Deleted> {
  await lockTree(query);
  const category = await findCategory(query, id);
  if (!category) return refused(Code.NOT_FOUND, 'No such category.');
  await lockBranch(query, category.id);
  const used = await query(
    'categories.used',
    `select 1 from categories where parent_id = $1
     union all select 1 from products where category_id = $1 limit 1`,
    [category.id],
  );
  if (used.length > 0) return refused(Code.NOT_EMPTY, 'Something stands in it.');
  await query('categories.delete', 'delete from categories where id = $1', [category.id]);
  return { deletedId: id, errors: [] };
}

const refused = (code: Code, message: string): Deleted => ({
  deletedId: null,
  errors: [userError(code, message, ['id'])],
});
