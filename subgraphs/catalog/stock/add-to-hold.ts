import type { Database, Query } from '@waybill/kernel/database.js';
import type { AddResult, Commands, StockItem } from '@waybill/schema/commands.js';
import { type Allotment, allocate, type Refusal } from './allocate.js';
import { findHoldChanges, firstPerKey, type HoldChange } from './hold-changes.js';
import { type Hold, isAlive, lockHolds } from './holds.js';
import { lockStock } from './lock-stock.js';
import { crossingsOf } from './low/crossings.js';
import { watchCrossings } from './low/watch-stock.js';

type AddToHold = Commands['catalog']['addToHold'];

interface Addition {
  key: string;
  orderId: string;
  items: StockItem[];
}

/**
 * Holds more units for orders that hold some already: the new ones are committed, and expire, with the others. The
 * first request that reaches the database decides; a refusal is kept, and stays one when stock comes in.
 */
export async function addToHold(
  db: Pick<Database, 'transaction'>,
  inputs: Array<AddToHold['input']>,
  threshold = 0,
): Promise<AddResult[]> {
  const additions = firstPerKey(
    inputs.map(({ additionId, ...rest }) => ({ key: additionId, ...rest })),
  );
  const keys = additions.map(({ key }) => key);
  const orderIds = [...new Set(additions.map(({ orderId }) => orderId))];
  const answers = await db.transaction(async (query) => {
    const holds = await lockHolds(query, orderIds);
    const earlier = await findHoldChanges(query, 'ADDED', keys);
    const fresh = additions.filter(
      ({ key, orderId }) => !earlier.has(key) && isAlive(holds.get(orderId)),
    );
    const changes = new Map([...earlier, ...(await add(query, fresh, threshold))]);
    return new Map(
      additions.map(({ key, orderId }) => [key, answer(changes.get(key), holds.get(orderId))]),
    );
  });
  return inputs.map(({ additionId }) => answers.get(additionId) as AddResult);
}

/** An addition that was granted says so as long as its hold lives, or its goods have left. */
function answer(change: HoldChange | undefined, hold: Hold | undefined): AddResult {
  if (change?.refusal) return change.refusal;
  if (!change || !hold || !(isAlive(hold) || hold.state === 'CONSUMED'))
    return { outcome: 'NOT_HELD' };
  return { outcome: 'RESERVED', expiresAt: new Date(hold.expiresAt).toISOString() };
}

async function add(
  query: Query,
  additions: Addition[],
  threshold: number,
): Promise<Map<string, HoldChange>> {
  if (additions.length === 0) return new Map();
  const stock = await lockStock(query, additions, threshold);
  const { allotments, refusals } = allocate(stock, additions);
  await record(query, additions, allotments, refusals);
  await watchCrossings(query, crossingsOf(stock, allotments), threshold);
  return new Map(additions.map(({ key }) => [key, { key, refusal: refusals.get(key) ?? null }]));
}

async function record(
  query: Query,
  additions: Addition[],
  allotments: Allotment[],
  refusals: Map<string, Refusal>,
): Promise<void> {
  await query(
    'add.record',
    `with addition as (
       insert into hold_changes (kind, change_id, order_id, items, refusal)
       select 'ADDED', * from unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::jsonb[])
       returning change_id, order_id
     ), allotted as (
       select order_id, variant_id, location_id, sum(units)::integer as units,
              sum(waiting)::integer as waiting
       from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::integer[], $9::integer[])
         as allotment (change_id, variant_id, location_id, units, waiting)
       join addition using (change_id) group by 1, 2, 3
     ), added as (
       insert into hold_items (order_id, variant_id, location_id, quantity, backordered)
       select * from allotted
       on conflict (order_id, variant_id, location_id)
       do update set quantity = hold_items.quantity + excluded.quantity,
         backordered = hold_items.backordered + excluded.backordered
     )
     update stock_levels level
     set reserved = reserved + units - waiting, backordered = backordered + waiting
     from (
       select variant_id, location_id, sum(units)::integer as units, sum(waiting)::integer as waiting
       from allotted group by 1, 2
     ) as total
     where level.variant_id = total.variant_id and level.location_id = total.location_id`,
    [
      additions.map(({ key }) => key),
      additions.map(({ orderId }) => orderId),
      additions.map(({ items }) => JSON.stringify(items)),
      additions.map(({ key }) => jsonOf(refusals.get(key))),
      allotments.map(({ key }) => key),
      allotments.map(({ variantId }) => variantId),
      allotments.map(({ locationId }) => locationId),
      allotments.map(({ quantity }) => quantity),
      allotments.map(({ backordered }) => backordered),
    ],
  );
}

const jsonOf = (refusal: Refusal | undefined) => (refusal ? JSON.stringify(refusal) : null);
