import type { Query } from '@waybill/kernel/database.js';
import { type StockRequest, unitsBySku } from './allocate.js';
import { ALLOWANCE } from './levels/available.js';
import type { WatchedRow } from './low/crossings.js';
import { THRESHOLD } from './low/watch-stock.js';

/**
 * Locks what is there of the SKUs, by variant and location as all commands do; unknown SKUs are left out. `threshold` is
 * that of variants of which nobody said below how many units they are low.
 */
export async function lockStock(
  query: Query,
  requests: StockRequest[],
  threshold: number,
): Promise<WatchedRow[]> {
  const skus = new Set(requests.flatMap(({ items }) => [...unitsBySku(items).keys()]));
  if (skus.size === 0) return [];
  return query<WatchedRow>(
    'reserve.lock',
    `select level.variant_id as "variantId", sku, variants.active, location_id as "locationId",
            priority, locations.active as open, on_hand as "onHand", reserved,
            backordered, ${ALLOWANCE} as allowance, ${THRESHOLD} as threshold, low_stock.id is not null as low
     from variants
     join stock_levels level on level.variant_id = variants.id
     join locations on locations.id = location_id
     left join low_stock on low_stock.variant_id = variants.id and recovered_at is null
     where sku = any($2::text[]) order by level.variant_id, location_id
     for no key update of level`,
    [threshold, [...skus]],
  );
}
