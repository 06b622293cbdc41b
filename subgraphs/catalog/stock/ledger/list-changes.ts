import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import { type Connection, pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { locationOf } from '../../locations/find-locations.js';
import { Location } from '../../locations/location.js';
import type { CatalogContext } from '../../products/context.js';
import { storable } from '../../storable.js';
import {
  type ChangeRow,
  StockChange,
  StockChangeConnection,
  toStockChange,
} from './stock-change.js';

/** PostgreSQL's greatest bigint: every position comes before it. */
const END = '9223372036854775807';

@Resolver(() => StockChange)
export class ListStockChangesResolver {
  @Access('STAFF')
  @Query(() => StockChangeConnection, {
    description: 'Every change of what is on hand of one SKU, the latest first. Staff only.',
  })
  async stockChanges(
    @Arg('sku', () => String, { description: 'Stock keeping unit.' }) sku: string,
    @Arg('location', () => String, {
      nullable: true,
      description: 'Code of the location. Absent: all of them.',
    })
    location: string | null,
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Ctx() { db }: CatalogContext,
  ): Promise<Connection<StockChange>> {
    const page = pageRequest(first, after);
    const rows = await db.query<ChangeRow>(
      'ledger.list',
      `select position, location_id as "locationId", reason, reference_id as "referenceId", delta,
              actor, note, created_at as "createdAt"
       from stock_changes
       where variant_id = (select id from variants where sku = $1) and position < $2::bigint
         and ($3::text is null or location_id = (select id from locations where code = $3))
       order by position desc limit $4`,
      [storable(sku), positionOf(page.after), location && storable(location), page.limit],
    );
    return toConnection(rows, page, ({ position }) => position, toStockChange);
  }

  @FieldResolver(() => Location, { description: 'Where.' })
  location(@Root() { locationId }: StockChange, @Ctx() context: CatalogContext): Promise<Location> {
    return locationOf(locationId, context);
  }
}

function positionOf(after: string | undefined): string {
  if (after === undefined) return END;
  if (/^\d{1,18}$/.test(after)) return after;
  throw new ClientError('BAD_USER_INPUT', 'after is not a cursor of this list.');
}
