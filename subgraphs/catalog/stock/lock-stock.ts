import type { Query } from '@waybill/kernel/database.js';
import { type StockRequest, type StockRow, unitsBySku } from './allocate.js';

/** Locks what is there of the SKUs, by variant and location as all commands do; unknown SKUs are left out. */
export async function lockStock(query: Query, requests: StockRequest[]): Promise<StockRow[]> {
  const skus = new Set(requests.flatMap(({ items }) => [...unitsBySku(items).keys()]));
  if (skus.size === 0) return [];
  return query<StockRow>(
    'reserve.lock',
    `select level.variant_id as "variantId", sku, variants.active, location_id as "locationId",
            priority, locations.active as open, on_hand as "onHand", reserved
     from variants
     join stock_levels level on level.variant_id = variants.id
     join locations on locations.id = location_id
     where sku = any($1::text[]) order by level.variant_id, location_id
     for no key update of level`,
    [[...skus]],
  );
}
