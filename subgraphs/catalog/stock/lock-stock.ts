import type { Query } from '@waybill/kernel/database.js';
import { type StockRequest, type StockRow, unitsBySku } from './allocate.js';

/** Locks the products that are asked for, by id as all commands do; unknown SKUs are left out. */
export async function lockStock(query: Query, requests: StockRequest[]): Promise<StockRow[]> {
  const skus = new Set(requests.flatMap(({ items }) => [...unitsBySku(items).keys()]));
  if (skus.size === 0) return [];
  return query<StockRow>(
    'reserve.lock',
    `select id, sku, active, on_hand as "onHand", reserved from variants
     where sku = any($1::text[]) order by id for no key update`,
    [[...skus]],
  );
}
