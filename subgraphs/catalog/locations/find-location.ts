import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { locationsById } from './find-locations.js';

type FindLocation = Commands['catalog']['findLocation'];

/** Tells other contexts of a location that somebody named. */
export async function findLocation(
  db: Pick<Database, 'query'>,
  inputs: Array<FindLocation['input']>,
): Promise<Array<FindLocation['output']>> {
  const rows = await locationsById(
    db,
    inputs.map(({ locationId }) => locationId),
  );
  return rows.map((row) => row && { locationId: row.id, code: row.code });
}
