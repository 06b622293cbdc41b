import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import { type Connection, pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import { isStaff } from '@waybill/kernel/identity.js';
import type { ReferenceResolver } from '@waybill/kernel/subgraph-schema.js';
import DataLoader from 'dataloader';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { storable } from '../storable.js';
import {
  LOCATION_COLUMNS,
  Location,
  LocationConnection,
  type LocationRow,
  locationIds,
  toLocation,
} from './location.js';

@Resolver()
export class FindLocationsResolver {
  @Access('STAFF')
  @Query(() => Location, {
    nullable: true,
    description: 'The location with this code; null where there is none. Staff only.',
  })
  async location(
    @Arg('code', () => String, { description: 'Its handle.' }) code: string,
    @Ctx() { db }: CatalogContext,
  ): Promise<Location | null> {
    const [row] = await db.query<LocationRow>(
      'locations.byCode',
      `select ${LOCATION_COLUMNS} from locations where code = $1`,
      [storable(code)],
    );
    return row ? toLocation(row) : null;
  }

  @Access('STAFF')
  @Query(() => LocationConnection, {
    description: 'Locations in the order of their codes. Staff only.',
  })
  async locations(
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Ctx() { db }: CatalogContext,
  ): Promise<Connection<Location>> {
    const page = pageRequest(first, after);
    const rows = await db.query<LocationRow>(
      'locations.list',
      `select ${LOCATION_COLUMNS} from locations where code > $1 order by code limit $2`,
      [storable(page.after ?? ''), page.limit],
    );
    return toConnection(rows, page, ({ code }) => code, toLocation);
  }
}

/** Finds the location that another subgraph refers to; there is none but for staff. */
export const resolveLocationReference: ReferenceResolver<CatalogContext> = async (
  { id },
  { identity, locations },
) => {
  const uuid = typeof id === 'string' ? locationIds.decode(id) : undefined;
  const row = uuid && isStaff(identity) ? await locations.load(uuid) : null;
  return row && toLocation(row);
};

/** A location that something stored refers to, so that it is there. */
export async function locationOf(
  id: string,
  { locations }: Pick<CatalogContext, 'locations'>,
): Promise<Location> {
  const row = await locations.load(id);
  if (!row) throw new Error(`there is no location ${id}`);
  return toLocation(row);
}

export type LocationLoader = DataLoader<string, LocationRow | null>;

/** One statement per batch; made anew for each operation. */
export function createLocationLoader(db: Pick<Database, 'query'>): LocationLoader {
  return new DataLoader((ids) => locationsById(db, ids));
}

/** Each of the bare ids' locations, null where there is none. */
export async function locationsById(
  db: Pick<Database, 'query'>,
  ids: readonly string[],
): Promise<Array<LocationRow | null>> {
  const rows = await db.query<LocationRow>(
    'locations.byId',
    `select ${LOCATION_COLUMNS} from locations where id = any($1::uuid[])`,
    [ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}
