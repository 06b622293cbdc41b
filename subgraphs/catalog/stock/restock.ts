import type { Database, Query } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { MAIN_LOCATION } from '../locations/main-location.js';
import { unitsBySku } from './allocate.js';
import { firstPerKey } from './hold-changes.js';
import { watchStock } from './low/watch-stock.js';

type Restock = Commands['catalog']['restock'];
type Request = Restock['input'] & { key: string };

/** Units of one SKU that come back with one restock. */
interface Return {
  restockId: string;
  orderId: string;
  locationId: string | null;
  sku: string;
  quantity: number;
}

/** The same, with the place where they go. */
interface PlacedReturn {
  restockId: string;
  sku: string;
  variantId: string;
  locationId: string;
  quantity: number;
}

/**
 * Puts goods back on hand, once per restock id: at the location named, else where the order's units left from. Throws
 * when a SKU is unknown: the batch is rolled back, and the caller repeats it one by one to find the one that failed.
 */
export async function restock(
  db: Pick<Database, 'transaction'>,
  inputs: Array<Restock['input']>,
  threshold = 0,
): Promise<Array<Restock['output']>> {
  const requests = firstPerKey(inputs.map((input) => ({ key: input.restockId, ...input })));
  await db.transaction(async (query) => {
    const claimed = await claimRestocks(query, requests);
    const returns = requests.filter(({ key }) => claimed.has(key)).flatMap(returnsOf);
    if (returns.length === 0) return;
    const placed = await placeReturns(query, returns);
    await addUnits(query, placed);
    const variantIds = placed.map(({ variantId }) => variantId);
    await watchStock(query, variantIds, threshold);
  });
  return inputs.map(() => ({ outcome: 'RESTOCKED' }));
}

async function claimRestocks(query: Query, requests: Request[]): Promise<Set<string>> {
  const rows = await query<{ restock_id: string }>(
    'restock.claim',
    `insert into restocks (restock_id, items)
     select * from unnest($1::uuid[], $2::jsonb[]) as request (restock_id, items)
     order by restock_id
     on conflict (restock_id) do nothing
     returning restock_id`,
    [requests.map(({ key }) => key), requests.map(({ items }) => JSON.stringify(items))],
  );
  return new Set(rows.map((row) => row.restock_id));
}

function returnsOf({ restockId, orderId, locationId = null, items }: Request): Return[] {
  return [...unitsBySku(items)].map(([sku, quantity]) => ({
    restockId,
    orderId,
    locationId,
    sku,
    quantity,
  }));
}

/** Finds where the units go; a location that never had any of a variant has a level of it from now on. */
async function placeReturns(query: Query, returns: Return[]): Promise<PlacedReturn[]> {
  const placed = await query<PlacedReturn>(
    'restock.place',
    `with back as (
       select restock_id, order_id, sku, variants.id as variant_id, units, coalesce(named, (
         select location_id from hold_items item
         where item.order_id = given.order_id and variant_id = variants.id and consumed > 0
         order by consumed desc, location_id limit 1), $6::uuid) as location_id
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::integer[])
         as given (restock_id, order_id, named, sku, units)
       join variants using (sku)
     ), opened as (
       insert into stock_levels (variant_id, location_id)
       select distinct variant_id, location_id from back order by 1, 2 on conflict do nothing
     )
     select restock_id as "restockId", sku, variant_id as "variantId",
            location_id as "locationId", units as quantity from back`,
    [
      returns.map(({ restockId }) => restockId),
      returns.map(({ orderId }) => orderId),
      returns.map(({ locationId }) => locationId),
      returns.map(({ sku }) => sku),
      returns.map(({ quantity }) => quantity),
      MAIN_LOCATION,
    ],
  );
  const unknown = new Set(returns.map(({ sku }) => sku)).difference(
    new Set(placed.map(({ sku }) => sku)),
  );
  if (unknown.size > 0) throw new Error(`No variant has the SKU ${[...unknown].join(', ')}`);
  return placed;
}

async function addUnits(query: Query, returns: PlacedReturn[]): Promise<void> {
  const variantIds = returns.map(({ variantId }) => variantId);
  const locationIds = returns.map(({ locationId }) => locationId);
  await query(
    'restock.lock',
    `select 1 from stock_levels
     where (variant_id, location_id) in (select * from unnest($1::uuid[], $2::uuid[]))
     order by variant_id, location_id for no key update`,
    [variantIds, locationIds],
  );
  await query(
    'restock.add',
    `with change as (
       insert into stock_changes (variant_id, location_id, reason, reference_id, delta)
       select variant_id, location_id, 'RESTOCKED', restock_id, units
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[])
         as back (variant_id, location_id, restock_id, units)
       returning variant_id, location_id, delta
     )
     update stock_levels level set on_hand = on_hand + units
     from (
       select variant_id, location_id, sum(delta)::integer as units from change group by 1, 2
     ) as total
     where level.variant_id = total.variant_id and level.location_id = total.location_id`,
    [
      variantIds,
      locationIds,
      returns.map(({ restockId }) => restockId),
      returns.map(({ quantity }) => quantity),
    ],
  );
}
