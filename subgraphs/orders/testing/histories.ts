import type { Database } from '@waybill/kernel/database.js';
import {
  checkOrder,
  type Fault,
  HISTORIES,
  type OrderWithHistory,
} from '../history/check-order.js';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** What is wrong with the histories of the orders in a database, by order id. */
export async function faultyHistories({ query }: Database): Promise<Record<string, Fault>> {
  const orders = await query<OrderWithHistory>('test.histories', HISTORIES, [BEFORE_ALL, 10_000]);
  const faults = orders.map((order) => [order.id, checkOrder(order)] as const);
  return Object.fromEntries(
    faults.filter((each): each is [string, Fault] => each[1] !== undefined),
  );
}
