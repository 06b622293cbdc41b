import type { Database, Query } from '@waybill/kernel/database.js';
import type { Commands, StockItem } from '@waybill/schema/commands.js';
import { unitsBySku } from './allocate.js';

type Restock = Commands['catalog']['restock'];

/**
 * Puts goods back on hand, once per restock id. Throws when a SKU is unknown: the batch is rolled back, and the caller
 * repeats it one by one to find the one that failed.
 */
export async function restock(
  db: Pick<Database, 'transaction'>,
  inputs: Array<Restock['input']>,
): Promise<Array<Restock['output']>> {
  const byId = new Map(inputs.map((input) => [input.restockId, input]));
  await db.transaction(async (query) => {
    const claimed = await claimRestocks(query, [...byId.values()]);
    await addUnits(
      query,
      claimed.flatMap((restockId) => byId.get(restockId)?.items ?? []),
    );
  });
  return inputs.map(() => ({ outcome: 'RESTOCKED' }));
}

async function claimRestocks(query: Query, inputs: Array<Restock['input']>): Promise<string[]> {
  const rows = await query<{ restock_id: string }>(
    'restock.claim',
    `insert into restocks (restock_id, items)
     select * from unnest($1::uuid[], $2::jsonb[]) as request (restock_id, items)
     order by restock_id
     on conflict (restock_id) do nothing
     returning restock_id`,
    [inputs.map((input) => input.restockId), inputs.map((input) => JSON.stringify(input.items))],
  );
  return rows.map((row) => row.restock_id);
}

async function addUnits(query: Query, items: StockItem[]): Promise<void> {
  const units = unitsBySku(items);
  if (units.size === 0) return;
  const locked = await query<{ sku: string }>(
    'restock.lock',
    'select sku from products where sku = any($1::text[]) order by id for no key update',
    [[...units.keys()]],
  );
  const known = new Set(locked.map((row) => row.sku));
  const unknown = [...units.keys()].filter((sku) => !known.has(sku));
  if (unknown.length > 0) throw new Error(`No product has the SKU ${unknown.join(', ')}`);
  await query(
    'restock.add',
    `update products set on_hand = on_hand + units
     from unnest($1::text[], $2::integer[]) as added (added_sku, units)
     where sku = added_sku`,
    [[...units.keys()], [...units.values()]],
  );
}
