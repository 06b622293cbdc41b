import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { MAIN_LOCATION } from '../locations/main-location.js';
import { variantTitle } from '../variants/option.js';
import type { PlannedVariant } from './plan-import.js';

/**
 * Answers the SKUs that were added; one that is missing was just added to another product. Units are looked up in a JSON
 * object: a join of what was added with what was given would go through all of one for each of the other.
 */
export async function addVariants(
  query: Query,
  planned: readonly PlannedVariant[],
  actor: string,
): Promise<Set<string>> {
  if (planned.length === 0) return new Set();
  const variants = planned.map(({ id, sku, product, after: { options, active } }) => ({
    ...{ id, sku, options, active },
    productId: product.id,
    title: product.after.title,
  }));
  const units = planned.map(({ id, after: { onHand } }) => [id, onHand]);
  const added = await query<{ sku: string }>(
    'import.addVariants',
    `with row as (
       select * from json_to_recordset($1)
         as row (id uuid, "productId" uuid, sku text, title text, options jsonb, active boolean)
     ), added as (
       insert into variants (id, product_id, sku, title, options, active)
       select id, "productId", sku, ${variantTitle('row.title', 'row.options')}, options, active from row
       order by row.sku collate "C"
       on conflict (sku) do nothing
       returning id, sku
     ), level as (
       insert into stock_levels (variant_id, location_id, on_hand)
       select id, $2::uuid, ($4::jsonb ->> id::text)::integer from added
       returning variant_id, location_id, on_hand
     ), change as (
       insert into stock_changes (variant_id, location_id, reason, reference_id, delta, actor)
       select variant_id, location_id, 'RECEIVED', variant_id, on_hand, $3 from level
       where on_hand <> 0
     )
     select sku from added`,
    [JSON.stringify(variants), MAIN_LOCATION, actor, JSON.stringify(Object.fromEntries(units))],
  );
  return new Set(added.map(({ sku }) => sku));
}

/** The variants are locked. What they are called follows from their product, which is written after them. */
export async function changeVariants(
  query: Query,
  planned: readonly PlannedVariant[],
  actor: string,
): Promise<void> {
  if (planned.length === 0) return;
  const rows = planned.map(({ id, after: { options, active, onHand } }) => ({
    ...{ id, options, active, onHand },
  }));
  await query(
    'import.changeVariants',
    `with wanted as (
       select row.id, row."onHand" as on_hand, row.options, row.active,
              ${variantTitle('products.title', 'row.options')} as title, row."onHand" - level.on_hand as delta
       from json_to_recordset($1) as row (id uuid, options jsonb, active boolean, "onHand" integer)
       join variants using (id) join products on products.id = product_id
       join stock_levels level on variant_id = variants.id and location_id = $3
     ), change as (
       insert into stock_changes (variant_id, location_id, reason, reference_id, delta, actor)
       select id, $3::uuid, 'SET', $2::uuid, delta, $4 from wanted where delta <> 0
     ), level as (
       update stock_levels set on_hand = wanted.on_hand
       from wanted
       where variant_id = wanted.id and location_id = $3 and delta <> 0
     )
     update variants
     set title = wanted.title, options = wanted.options, active = wanted.active, updated_at = now()
     from wanted
     where variants.id = wanted.id`,
    [JSON.stringify(rows), newId(), MAIN_LOCATION, actor],
  );
}
