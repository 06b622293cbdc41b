import type { Database } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import type { BackorderPolicy } from '../backorders/policy.js';
import { THRESHOLD } from '../low/watch-stock.js';
import { ALLOWANCE, AVAILABLE } from './available.js';
import type { LevelRow } from './stock.js';

/** A level, and whether its location serves new orders. */
export interface ReadLevel extends LevelRow {
  open: boolean;
  /** Units promised that are yet to come in. */
  backordered: number;
  /** How many units of the variant may be promised, and when units are expected. */
  allowance: number;
  expectedAt: string | null;
  backorderPolicy: BackorderPolicy;
  backorderLimit: number | null;
  lowStockThreshold: number;
}

/** By bare variant id: its levels in the order in which locations serve orders. */
export type LevelLoader = DataLoader<string, ReadLevel[]>;

/** One statement per batch; made anew for each operation. */
export function createLevelLoader(
  db: Pick<Database, 'query'>,
  lowStockThreshold: number,
): LevelLoader {
  return new DataLoader(async (variantIds) => {
    const rows = await db.query<ReadLevel>(
      'levels.byVariant',
      `select variant_id as "variantId", sku, location_id as "locationId", on_hand as "onHand",
              reserved, locations.active as open, backordered, ${ALLOWANCE} as allowance,
              expected_at as "expectedAt", backorder_policy as "backorderPolicy",
              backorder_limit as "backorderLimit", ${THRESHOLD} as "lowStockThreshold"
       from stock_levels
       join variants on variants.id = variant_id
       join locations on locations.id = location_id
       where variant_id = any($2::uuid[]) order by priority, location_id`,
      [lowStockThreshold, variantIds],
    );
    const byVariant = Map.groupBy(rows, ({ variantId }) => variantId);
    return variantIds.map((id) => byVariant.get(id) ?? []);
  });
}

/** What everybody may know of the stock of a variant. */
export interface ShownStock {
  /** Units that are there and nobody's; below 0 where more are promised. */
  free: number;
  /** How many units may be promised beyond that, and when units are expected. */
  allowance: number;
  expectedAt: string | null;
}

/** By bare variant id. */
export type ShownStockLoader = DataLoader<string, ShownStock | null>;

/** A row for each variant instead of one for each level: most who list products are no staff. */
export function createShownStockLoader({ query }: Pick<Database, 'query'>): ShownStockLoader {
  return new DataLoader(async (variantIds) => {
    const rows = await query<ShownStock & { n: number }>('stock.shown', SHOWN, [variantIds]);
    const byPlace = new Map(rows.map((row) => [row.n, row]));
    return variantIds.map((_, i) => byPlace.get(i + 1) ?? null);
  });
}

/** SQL: the columns of a ShownStock, of a row of `variants`. */
export const SHOWN_STOCK = `${AVAILABLE} as free, ${ALLOWANCE} as allowance, expected_at as "expectedAt"`;

const SHOWN = `
  select n::integer, ${SHOWN_STOCK}
  from unnest($1::uuid[]) with ordinality as wanted (id, n) join variants on variants.id = wanted.id`;
