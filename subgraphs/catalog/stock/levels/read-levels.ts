import type { Database } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import type { BackorderPolicy } from '../backorders/policy.js';
import { THRESHOLD } from '../low/watch-stock.js';
import { ALLOWANCE } from './available.js';
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
