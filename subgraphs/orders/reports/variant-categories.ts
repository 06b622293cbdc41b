import type { Query } from '@waybill/kernel/database.js';
import type { OrdersDependencies } from '../dependencies.js';
import type { CategoriesOf } from './breakdowns.js';

/** For how long what the catalog said of a variant counts as what it would say; seconds. */
const FRESH_SECONDS = 60;

/** Variants of these orders of which the catalog was not asked lately. */
const UNASKED = `
  select distinct product_id as "variantId" from order_lines
  where order_id = any($1) and product_id is not null and not exists (
    select from variant_categories
    where variant_id = product_id and checked_at > now() - make_interval(secs => ${FRESH_SECONDS}))`;

/**
 * Another path counts from when the one before it was no longer taken for granted: whatever was told by the old one was
 * confirmed by then, and is told by it for good.
 */
const KEEP = `
  with answers as (
    select * from json_to_recordset($1::json) as a("variantId" uuid, path uuid[])
  ), latest as (
    select distinct on (variant_id) variant_id, since, v.path, checked_at
    from variant_categories v join answers on variant_id = "variantId" order by variant_id, since desc
  ), same as (
    update variant_categories v set checked_at = now() from latest l, answers a
    where v.variant_id = l.variant_id and v.since = l.since and a."variantId" = l.variant_id and a.path = l.path
  )
  insert into variant_categories (variant_id, since, path, checked_at)
  select "variantId", coalesce(l.checked_at + make_interval(secs => ${FRESH_SECONDS}), to_timestamp(0)), a.path, now()
  from answers a left join latest l on variant_id = "variantId"
  where l.path is distinct from a.path order by "variantId"
  on conflict do nothing`;

/** Asks the catalog where the goods of these orders stand, and keeps what it says. */
export async function learnCategories(
  { db, commands }: Pick<OrdersDependencies, 'db' | 'commands'>,
  orderIds: string[],
): Promise<void> {
  const unasked = await db.query<{ variantId: string }>('sales.unasked', UNASKED, [orderIds]);
  if (unasked.length === 0) return;
  const answers = await Promise.all(
    unasked.map(async ({ variantId }) => {
      const { categories } = await commands.catalog.describeVariant({ variantId });
      return { variantId, path: categories };
    }),
  );
  await db.query('sales.keepCategories', KEEP, [JSON.stringify(answers)]);
}

/** What is known of these variants: where each stood when. */
export async function knownCategories(query: Query, variantIds: string[]): Promise<CategoriesOf> {
  const rows = await query<{ variantId: string; since: number; path: string[] }>(
    'sales.categories',
    `select variant_id as "variantId", extract(epoch from since)::float8 * 1000 as since, path
     from variant_categories where variant_id = any($1) order by since desc`,
    [variantIds],
  );
  const byVariant = Map.groupBy(rows, ({ variantId }) => variantId);
  return (variantId, at) =>
    byVariant.get(variantId)?.find(({ since }) => since <= at.getTime())?.path ?? [];
}
