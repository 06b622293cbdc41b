import type { Database } from '@waybill/kernel/database.js';
import type { Commands, HeldUnits } from '@waybill/schema/commands.js';

type FindHeld = Commands['catalog']['findHeld'];

/** What orders hold where, in the order in which locations serve orders; nothing of an order that holds nothing. */
export async function findHeld(
  db: Pick<Database, 'query'>,
  inputs: Array<FindHeld['input']>,
): Promise<Array<FindHeld['output']>> {
  const rows = await db.query<HeldUnits & { orderId: string }>(
    'holds.find',
    `select order_id as "orderId", sku, location_id as "locationId",
            quantity - consumed - released - backordered as quantity, backordered,
            expected_at as "expectedAt"
     from hold_items
     join variants on variants.id = variant_id
     join locations on locations.id = location_id
     where order_id = any($1::uuid[]) and quantity > consumed + released
     order by priority, location_id, sku`,
    [[...new Set(inputs.map(({ orderId }) => orderId))]],
  );
  const byOrder = Map.groupBy(rows, ({ orderId }) => orderId);
  return inputs.map(({ orderId }) => ({
    held: (byOrder.get(orderId) ?? []).map(({ orderId: _, expectedAt, ...units }) => ({
      ...units,
      expectedAt: expectedAt && new Date(expectedAt).toISOString(),
    })),
  }));
}
