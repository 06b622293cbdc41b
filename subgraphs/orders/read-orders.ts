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

/** Placed orders in the order of `numbers`; undefined where there is none. */
export async function findOrdersByNumber(
  db: Pick<Database, 'query'>,
  numbers: readonly string[],
): Promise<Array<OrderRow | undefined>> {
  const text = `select ${ORDER_ROW} from orders o where o.number = any($1::bigint[]) and o.placed_at < 'infinity'`;
  const rows = await db.query<ReadOrder>('orders.by-number', text, [numbers]);
  const byNumber = new Map(rows.map((row) => [String(row.number), orderRow(row)]));
  return numbers.map((number) => byNumber.get(number));
}
