import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import { type Connection, pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import { Args, Ctx, Directive, Query, Resolver } from 'type-graphql';
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
    @Args(() => AskedPage) { first, after }: AskedPage,
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
