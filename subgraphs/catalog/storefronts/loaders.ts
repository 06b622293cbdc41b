import type { Database } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import { storable } from '../storable.js';
import { STOREFRONT_COLUMNS, type StorefrontRow } from './storefront.js';

export interface StorefrontLoaders {
  byId: DataLoader<string, StorefrontRow | null>;
  byCode: DataLoader<string, StorefrontRow | null>;
}

/** One statement per batch; made anew for each operation. */
export function createStorefrontLoaders(db: Pick<Database, 'query'>): StorefrontLoaders {
  return {
    byId: new DataLoader((ids) => storefrontsById(db, ids)),
    byCode: new DataLoader((codes) => storefrontsByCode(db, codes)),
  };
}

/** Each of the bare ids' storefronts, null where there is none. */
export async function storefrontsById(
  db: Pick<Database, 'query'>,
  ids: readonly string[],
): Promise<Array<StorefrontRow | null>> {
  const rows = await db.query<StorefrontRow>(
    'storefronts.byId',
    `select ${STOREFRONT_COLUMNS} from storefronts where id = any($1::uuid[])`,
    [ids],
  );
  return inOrder(ids, rows, ({ id }) => id);
}

/** The same by their codes. */
export async function storefrontsByCode(
  db: Pick<Database, 'query'>,
  codes: readonly string[],
): Promise<Array<StorefrontRow | null>> {
  const rows = await db.query<StorefrontRow>(
    'storefronts.byCode',
    `select ${STOREFRONT_COLUMNS} from storefronts where code = any($1::text[])`,
    [codes.map(storable)],
  );
  return inOrder(codes, rows, ({ code }) => code);
}

function inOrder<Row>(keys: readonly string[], rows: Row[], keyOf: (row: Row) => string) {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}
