import type { DatabaseUrls } from '@waybill/deploy/databases.js';
import { BY_INDEX } from '@waybill/kernel/database.js';
import pg from 'pg';
import { FLOOR_DATABASES, type FloorDatabase } from './statements.js';

/** Types of PostgreSQL that Waybill's code reads as texts: date, timestamp, timestamptz, interval. */
const AS_TEXT = new Set([1082, 1114, 1184, 1186]);

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    AS_TEXT.has(oid) ? (text: string) => text : pg.types.getTypeParser(oid, format as 'text'),
};

/** Connections to one database, set up as Waybill sets up its own. */
export function openPool(database: FloorDatabase, url: string, max: number): pg.Pool {
  const options = Object.entries(database === 'users' ? {} : BY_INDEX)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
  const pool = new pg.Pool({ connectionString: url, max, options, types });
  // The end of a connection is told to whoever uses it.
  pool.on('error', () => {});
  return pool;
}

export type Pools = Record<FloorDatabase, pg.Pool>;

export function openPools(urls: DatabaseUrls, max: number): Pools {
  const pools = FLOOR_DATABASES.map((name) => [name, openPool(name, urls[name], max)]);
  return Object.fromEntries(pools) as Pools;
}

export async function closePools(pools: Pools): Promise<void> {
  await Promise.all(Object.values(pools).map((pool) => pool.end()));
}
