import type { Database } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import { storable } from '../storable.js';
import { PRODUCT_COLUMNS, type ProductRow } from './product.js';

/** Entries of a price history that are shown: the newest ones. */
export const PRICE_HISTORY_SHOWN = 100;

export interface PriceRow {
  productId: string;
  priceMinor: number;
  currency: string;
  validFrom: string;
}

export interface Loaders {
  productById: DataLoader<string, ProductRow | null>;
  productBySku: DataLoader<string, ProductRow | null>;
  /** Newest first, by product id. */
  priceHistory: DataLoader<string, PriceRow[]>;
}

/** One statement per batch; made anew for each operation, so that nobody sees what another may see. */
export function createLoaders(db: Pick<Database, 'query'>): Loaders {
  return {
    productById: new DataLoader(async (ids) => {
      const rows = await db.query<ProductRow>(
        'products.byId',
        `select ${PRODUCT_COLUMNS} from variants where id = any($1::uuid[])`,
        [ids],
      );
      return inOrder(ids, rows, (row) => row.id);
    }),
    productBySku: new DataLoader(async (skus) => {
      const rows = await db.query<ProductRow>(
        'products.bySku',
        `select ${PRODUCT_COLUMNS} from variants where sku = any($1::text[])`,
        [skus.map(storable)],
      );
      return inOrder(skus, rows, (row) => row.sku);
    }),
    priceHistory: new DataLoader(async (productIds) => {
      const rows = await priceHistory(db, productIds);
      const byProduct = Map.groupBy(rows, (row) => row.productId);
      return productIds.map((id) => byProduct.get(id) ?? []);
    }),
  };
}

function inOrder<Row>(keys: readonly string[], rows: Row[], keyOf: (row: Row) => string) {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

function priceHistory(db: Pick<Database, 'query'>, productIds: readonly string[]) {
  return db.query<PriceRow>(
    'products.priceHistory',
    `select price.* from unnest($1::uuid[]) as wanted (id) cross join lateral (
       select variant_id as "productId", price_minor::float8 as "priceMinor", currency,
              valid_from as "validFrom"
       from price_history where variant_id = wanted.id order by valid_from desc limit $2
     ) as price`,
    [productIds, PRICE_HISTORY_SHOWN],
  );
}
