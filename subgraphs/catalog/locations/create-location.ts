import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { once, StockErrorCode } from '../stock/errors.js';
import { LOCATION_COLUMNS, type LocationRow, type LocationValues } from './location.js';
import {
  LocationDetailsInput,
  LocationPayload,
  LocationReader,
  PLAIN,
  presentLocation,
  refused,
  type SavedLocation,
} from './location-input.js';

@InputType({ description: 'A new location.' })
class CreateLocationInput extends LocationDetailsInput {
  @Field(() => String, { description: 'Its handle: small letters, digits and hyphens.' })
  code: string;

  @Field(() => String, { description: 'What it is called.' })
  name: string;
}

@Resolver()
export class CreateLocationResolver {
  @Access('MANAGER')
  @Mutation(() => LocationPayload, { description: 'Opens a location. For managers.' })
  async createLocation(
    @Arg('input', () => CreateLocationInput, { description: 'The location.' })
    input: CreateLocationInput,
    @Ctx() context: CatalogContext,
  ): Promise<LocationPayload> {
    const read = new LocationReader();
    const code = read.code(input.code);
    const values = read.changed(PLAIN, input);
    if (read.errors.length > 0) return presentLocation(refused(...read.errors));
    const asked = { mutation: 'createLocation', input, nothing: { location: null } };
    const created = await once<SavedLocation>(context, asked, (db) =>
      createLocation(db, code, values),
    );
    return presentLocation(created);
  }
}

async function createLocation(
  { query }: Database,
  code: string,
  { name, country, address, priority, active }: LocationValues,
): Promise<SavedLocation> {
  const [location] = await query<LocationRow>(
    'locations.create',
    `insert into locations (id, code, name, country, address, priority, active)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (code) do nothing returning ${LOCATION_COLUMNS}`,
    [newId(), code, name, country, address, priority, active],
  );
  if (location) return { location, errors: [] };
  return refused(userError(StockErrorCode.CODE_TAKEN, 'The code is taken.', ['code']));
}
