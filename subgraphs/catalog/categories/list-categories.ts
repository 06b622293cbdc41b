import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import { type Connection, pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import { Arg, Args, Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { storable } from '../storable.js';
import {
  CATEGORY_COLUMNS,
  type Category,
  CategoryConnection,
  type CategoryRow,
  toCategory,
} from './category.js';

@Resolver()
export class ListCategoriesResolver {
  @Directive('@cacheControl(maxAge: 30)')
  @Access('ANYONE')
  @Query(() => CategoryConnection, {
    description: 'All categories, wherever in the tree, in the order of their handles.',
  })
  async categories(
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Arg('top', () => Boolean, {
      nullable: true,
      description: 'Only those at the top, where a menu begins.',
    })
    top: boolean | null,
    @Ctx() { db }: CatalogContext,
  ): Promise<Connection<Category>> {
    const page = pageRequest(first, after);
    const rows = await db.query<CategoryRow>(
      top ? 'categories.top' : 'categories.list',
      `select ${CATEGORY_COLUMNS} from categories
       where handle > $1 ${top ? 'and parent_id is null' : ''} order by handle limit $2`,
      [storable(page.after ?? ''), page.limit],
    );
    return toConnection(rows, page, ({ handle }) => handle, toCategory);
  }
}
