import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { AVAILABLE } from '../levels/available.js';
import type { Crossings } from './crossings.js';

/** SQL: below how many units a row of `variants` is low, where `$1` is what holds for those of which nobody said. */
export const THRESHOLD = 'coalesce(low_stock_threshold, $1::integer)';

/**
 * Looks whether variants that just changed are low, or are not any more, and tells of each that has become so: once,
 * until it has recovered. The caller has locked what it changed.
 */
export async function watchStock(
  query: Query,
  variantIds: string[],
  threshold: number,
): Promise<void> {
  if (variantIds.length === 0) return;
  const ids = [...new Set(variantIds)];
  await query(
    'low.watch',
    `with variant as (
       select variants.id, sku, ${THRESHOLD} as threshold, ${AVAILABLE} as available, event_id
       from unnest($2::uuid[], $3::uuid[]) as changed (id, event_id) join variants using (id)
       where active
     ), recovered as (
       update low_stock set recovered_at = now()
       from variant where variant_id = variant.id and recovered_at is null
         and (variant.available >= variant.threshold or variant.threshold = 0)
     ), fallen as (
       insert into low_stock (id, variant_id, available, threshold)
       select event_id, id, available, threshold from variant
       where threshold > 0 and available < threshold order by id
       on conflict (variant_id) where recovered_at is null do nothing
       returning id, variant_id, available, threshold
     )
     insert into outbox (id, type, subject, data)
     select fallen.id, 'stock.low', variant_id, jsonb_build_object(
       'sku', sku, 'available', available, 'threshold', threshold, 'notify', true)
     from fallen join variants on variants.id = variant_id`,
    [threshold, ids, ids.map(() => newId())],
  );
}

/** The same of SKUs that were imported. */
export async function watchSkus(query: Query, skus: string[], threshold: number): Promise<void> {
  if (skus.length === 0) return;
  const rows = await query<{ id: string }>(
    'low.skus',
    'select id from variants where sku = any($1::text[])',
    [skus],
  );
  const ids = rows.map(({ id }) => id);
  await watchStock(query, ids, threshold);
}

/** The same after orders have taken units: it is called for every batch, and asks the database hardly ever. */
export async function watchCrossings(
  query: Query,
  { fallen, recovered }: Crossings,
  threshold: number,
): Promise<void> {
  if (recovered.length > 0)
    await query(
      'low.recover',
      `update low_stock set recovered_at = now()
       where variant_id = any($1::uuid[]) and recovered_at is null`,
      [recovered],
    );
  await watchStock(query, fallen, threshold);
}
