import type { Database, Query } from '@waybill/kernel/database.js';
import type { Commands, StockItem } from '@waybill/schema/commands.js';
import { unitsBySku } from './allocate.js';
import { firstPerKey } from './hold-changes.js';

type Restock = Commands['catalog']['restock'];

interface Request {
  /** The restock's id. */
  key: string;
  items: StockItem[];
}

/** Units of one SKU that come back with one restock. */
interface Return extends StockItem {
  restockId: string;
}

/**
 * Puts goods back on hand, once per restock id. Throws when a SKU is unknown: the batch is rolled back, and the caller
 * repeats it one by one to find the one that failed.
 */
export async function restock(
  db: Pick<Database, 'transaction'>,
  inputs: Array<Restock['input']>,
): Promise<Array<Restock['output']>> {
  const requests = firstPerKey(inputs.map(({ restockId, items }) => ({ key: restockId, items })));
  await db.transaction(async (query) => {
    const claimed = await claimRestocks(query, requests);
    await addUnits(query, requests.filter(({ key }) => claimed.has(key)).flatMap(returnsOf));
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

function returnsOf({ key, items }: Request): Return[] {
  return [...unitsBySku(items)].map(([sku, quantity]) => ({ restockId: key, sku, quantity }));
}

async function addUnits(query: Query, returns: Return[]): Promise<void> {
  if (returns.length === 0) return;
  const skus = new Set(returns.map(({ sku }) => sku));
  const locked = await query<{ sku: string }>(
    'restock.lock',
    'select sku from variants where sku = any($1::text[]) order by id for no key update',
    [[...skus]],
  );
  const unknown = skus.difference(new Set(locked.map((row) => row.sku)));
  if (unknown.size > 0) throw new Error(`No product has the SKU ${[...unknown].join(', ')}`);
  await query(
    'restock.add',
    `with change as (
       insert into stock_changes (variant_id, reason, reference_id, delta)
       select variants.id, 'RESTOCKED', restock_id, units
       from unnest($1::uuid[], $2::text[], $3::integer[]) as back (restock_id, sku, units)
       join variants using (sku)
       returning variant_id, delta
     )
     update variants set on_hand = on_hand + units
     from (select variant_id, sum(delta)::integer as units from change group by 1) as total
     where id = variant_id`,
    [
      returns.map(({ restockId }) => restockId),
      returns.map(({ sku }) => sku),
      returns.map(({ quantity }) => quantity),
    ],
  );
}
