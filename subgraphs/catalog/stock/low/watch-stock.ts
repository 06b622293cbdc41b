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
  await takeTurns(query, variantIds);
  await watch(query, [...new Set(variantIds)], threshold);
}

/**
 * Whoever changes a variant at another location at the same moment looks after this one is committed, and sees both
 * changes. A few locks stand for all variants, since one call may change thousands.
 */
async function takeTurns(query: Query, variantIds: string[]): Promise<void> {
  await query(
    'low.turns',
    `select pg_advisory_xact_lock(${TURNS}, turn) from (
       select distinct hashtext(id::text) & 63 as turn from unnest($1::uuid[]) as id order by 1) as turns`,
    [variantIds],
  );
}

/** Any number: what sets these locks apart from others of this database. */
const TURNS = 7_240_002;

async function watch(query: Query, ids: string[], threshold: number): Promise<void> {
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

/**
 * The same after orders have taken units, with all locations of a variant locked: it is called for every batch, and asks
 * the database hardly ever.
 */
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
  if (fallen.length > 0) await watch(query, [...new Set(fallen)], threshold);
}
