import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { storefrontsByCode, storefrontsById } from './loaders.js';
import { toSummary } from './storefront.js';

type DescribeStorefront = Commands['catalog']['describeStorefront'];
type FindStorefront = Commands['catalog']['findStorefront'];

/** What other contexts need to know of storefronts; null in the place of an id that none has. */
export async function describeStorefront(
  db: Pick<Database, 'query'>,
  inputs: Array<DescribeStorefront['input']>,
): Promise<Array<DescribeStorefront['output']>> {
  const rows = await storefrontsById(
    db,
    inputs.map(({ storefrontId }) => storefrontId),
  );
  return rows.map((row) => row && toSummary(row));
}

/** The same by the codes that people use. */
export async function findStorefront(
  db: Pick<Database, 'query'>,
  inputs: Array<FindStorefront['input']>,
): Promise<Array<FindStorefront['output']>> {
  const rows = await storefrontsByCode(
    db,
    inputs.map(({ code }) => code),
  );
  return rows.map((row) => row && toSummary(row));
}
