import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { once, StockErrorCode } from '../stock/errors.js';
import { storable } from '../storable.js';
import { LOCATION_COLUMNS, type LocationRow, type LocationValues } from './location.js';
import {
  LocationDetailsInput,
  LocationPayload,
  LocationReader,
  presentLocation,
  refused,
  type SavedLocation,
} from './location-input.js';

@InputType({
  description: 'What to change of a location: what is left out stays, null takes it away.',
})
class UpdateLocationInput extends LocationDetailsInput {
  @Field(() => String, { description: 'Its handle.' })
  code: string;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string | null;
}

@Resolver()
export class UpdateLocationResolver {
  @Access('MANAGER')
  @Mutation(() => LocationPayload, { description: 'Changes a location. For managers.' })
  async updateLocation(
    @Arg('input', () => UpdateLocationInput, { description: 'Which one, and what of it.' })
    input: UpdateLocationInput,
    @Ctx() context: CatalogContext,
  ): Promise<LocationPayload> {
    const asked = { mutation: 'updateLocation', input, nothing: { location: null } };
    const updated = await once<SavedLocation>(context, asked, (db) =>
      db.transaction((query) => updateLocation(query, input)),
    );
    return presentLocation(updated);
  }
}

async function updateLocation(query: Query, input: UpdateLocationInput): Promise<SavedLocation> {
  const [before] = await query<LocationRow>(
    'locations.lock',
    `select ${LOCATION_COLUMNS} from locations where code = $1 for no key update`,
    [storable(input.code)],
  );
  if (!before) return refused(userError(StockErrorCode.NOT_FOUND, 'No such location.', ['code']));
  const read = new LocationReader();
  const values = read.changed(before, input);
  if (read.errors.length > 0) return refused(...read.errors);
  return { location: await save(query, before.id, values), errors: [] };
}

async function save(
  query: Query,
  id: string,
  { name, country, address, priority, active }: LocationValues,
): Promise<LocationRow | null> {
  const [saved] = await query<LocationRow>(
    'locations.update',
    `update locations set name = $2, country = $3, address = $4, priority = $5, active = $6
     where id = $1 returning ${LOCATION_COLUMNS}`,
    [id, name, country, address, priority, active],
  );
  return saved ?? null;
}
