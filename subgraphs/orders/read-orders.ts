import type { Database } from '@waybill/kernel/database.js';
import { ORDER_ROW, orderRow, type ReadOrder } from './order-row.js';
import type { OrderRow } from './tables.js';

/** Orders in the order of `ids`; undefined where there is none. */
export async function findOrders(
  db: Pick<Database, 'query'>,
  ids: readonly string[],
): Promise<Array<OrderRow | undefined>> {
  if (ids.length === 0) return [];
  const text = `select ${ORDER_ROW} from orders o where o.id = any($1)`;
  const rows = await db.query<ReadOrder>('orders.by-id', text, [ids]);
  const byId = new Map(rows.map((row) => [row.id, orderRow(row)]));
  return ids.map((id) => byId.get(id));
}
