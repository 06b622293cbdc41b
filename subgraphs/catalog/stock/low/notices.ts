import type { Database } from '@waybill/kernel/database.js';
import type { Commands, LowStock, StoredEvent } from '@waybill/schema/commands.js';

type Catalog = Commands['catalog'];

/** Whoever is to tell staff takes the notice for a minute, so that one delivered thrice goes out once. */
export async function claimLowStock(
  { query }: Pick<Database, 'query'>,
  { eventId }: Catalog['claimLowStock']['input'],
): Promise<Catalog['claimLowStock']['output']> {
  const [notice] = await query<LowStock & { granted: boolean; told: boolean }>(
    'low.claim',
    `with claimed as (
       update low_stock set claimed_at = now()
       where id = $1 and told_at is null
         and coalesce(claimed_at < now() - interval '1 minute', true)
       returning id
     )
     select sku, title, available, threshold, told_at is not null as told,
            exists (select from claimed) as granted
     from low_stock join variants on variants.id = variant_id where low_stock.id = $1`,
    [eventId],
  );
  if (!notice || notice.told) return { claim: 'SETTLED' };
  if (!notice.granted) return { claim: 'TAKEN' };
  const { sku, title, available, threshold } = notice;
  return { claim: 'GRANTED', notice: { sku, title, available, threshold } };
}

export async function settleLowStock(
  { query }: Pick<Database, 'query'>,
  { eventId }: Catalog['settleLowStock']['input'],
): Promise<Catalog['settleLowStock']['output']> {
  const text = 'update low_stock set told_at = coalesce(told_at, now()) where id = $1';
  await query('low.settle', text, [eventId]);
  return { outcome: 'SETTLED' };
}

/** It could not be sent: the next attempt need not wait until the claim has run out. */
export async function giveBackLowStock(
  { query }: Pick<Database, 'query'>,
  { eventId }: Catalog['giveBackLowStock']['input'],
): Promise<Catalog['giveBackLowStock']['output']> {
  const text = 'update low_stock set claimed_at = null where id = $1 and told_at is null';
  await query('low.giveBack', text, [eventId]);
  return { outcome: 'GIVEN_BACK' };
}

/** The newest first: one that can never be sent must not keep the others waiting. */
export async function findUntoldLowStock(
  { query }: Pick<Database, 'query'>,
  { olderThanSeconds, limit }: Catalog['findUntoldLowStock']['input'],
): Promise<Catalog['findUntoldLowStock']['output']> {
  const events = await query<StoredEvent>(
    'low.untold',
    `select low_stock.id, 'stock.low' as type, variant_id as subject, jsonb_build_object(
       'sku', sku, 'available', available, 'threshold', threshold, 'notify', true) as data
     from low_stock join variants on variants.id = variant_id
     where told_at is null and since < now() - make_interval(secs => $1)
     order by since desc limit $2`,
    [olderThanSeconds, limit],
  );
  return { events };
}
