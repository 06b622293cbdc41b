import { Access } from '@waybill/kernel/graphql/access.js';
import { type Connection, pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import { Arg, Ctx, Directive, Int, Query, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { storable } from '../storable.js';
import {
  STOREFRONT_COLUMNS,
  type Storefront,
  StorefrontConnection,
  type StorefrontRow,
  toStorefront,
} from './storefront.js';

@Resolver()
export class ListStorefrontsResolver {
  @Directive('@cacheControl(maxAge: 30, scope: PRIVATE)')
  @Access('ANYONE')
  @Query(() => StorefrontConnection, { description: 'Storefronts in the order of their codes.' })
  async storefronts(
    @Arg('first', () => Int, {
      nullable: true,
      description: 'How many, from 1 to 100; 20 unless told.',
    })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Cursor after which the page begins.',
    })
    after: string | null,
    @Ctx() { db, identity }: CatalogContext,
  ): Promise<Connection<Storefront>> {
    const page = pageRequest(first, after);
    const rows = await db.query<StorefrontRow>(
      'storefronts.list',
      `select ${STOREFRONT_COLUMNS} from storefronts where code > $1 order by code limit $2`,
      [storable(page.after ?? ''), page.limit],
    );
    return toConnection(
      rows,
      page,
      ({ code }) => code,
      (row) => toStorefront(row, identity),
    );
  }
}
