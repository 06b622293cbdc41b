import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import type { ReferenceResolver } from '@waybill/kernel/subgraph-schema.js';
import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { Category, type CategoryRow, categoryIds, toCategory } from './category.js';

@Resolver(() => Category)
export class CategoryResolver {
  @Directive('@cacheControl(maxAge: 30)')
  @Access('ANYONE')
  @Query(() => Category, {
    nullable: true,
    description: 'The category with this id or handle; null where there is none.',
  })
  async category(
    @Arg('id', () => ID, { nullable: true, description: 'Its id.' }) id: string | null,
    @Arg('handle', () => String, { nullable: true, description: 'Its handle.' })
    handle: string | null,
    @Ctx() { categories }: CatalogContext,
  ): Promise<Category | null> {
    if ((id == null) === (handle == null)) {
      throw new ClientError('BAD_USER_INPUT', 'Ask by id or by handle.');
    }
    if (id != null) return findById(id, categories);
    return present(await categories.byHandle.load(handle ?? ''));
  }

  @FieldResolver(() => Category, {
    nullable: true,
    description: 'The category right above; null at the top.',
  })
  async parent(
    @Root() { path }: Category,
    @Ctx() { categories }: CatalogContext,
  ): Promise<Category | null> {
    const above = path.at(-2);
    return above === undefined ? null : present(await categories.byId.load(above));
  }

  @FieldResolver(() => [Category], { description: 'All above it, from the top.' })
  async ancestors(
    @Root() { path }: Category,
    @Ctx() { categories }: CatalogContext,
  ): Promise<Category[]> {
    const rows = await Promise.all(path.slice(0, -1).map((id) => categories.byId.load(id)));
    return rows.flatMap((row) => (row ? [toCategory(row)] : []));
  }

  @FieldResolver(() => [Category], { description: 'Those right below it, by position.' })
  async children(
    @Root() { uuid }: Category,
    @Ctx() { categories }: CatalogContext,
  ): Promise<Category[]> {
    return (await categories.children.load(uuid)).map(toCategory);
  }
}

/** Finds the category that another subgraph refers to. */
export const resolveCategoryReference: ReferenceResolver<CatalogContext> = (
  { id },
  { categories },
) => findById(String(id), categories);

async function findById(
  id: string,
  { byId }: CatalogContext['categories'],
): Promise<Category | null> {
  const uuid = categoryIds.decode(id);
  return uuid ? present(await byId.load(uuid)) : null;
}

const present = (row: CategoryRow | null) => row && toCategory(row);
