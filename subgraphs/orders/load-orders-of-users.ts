import type { Database } from '@waybill/kernel/database.js';
import type { PageRequest } from '@waybill/kernel/graphql/connection.js';
import { listOrdersOfCustomers } from './lists/list-orders.js';
import type { OrderQuery } from './lists/order-query.js';
import type { OrderRow } from './tables.js';

export interface OrdersOfUser {
  userId: string;
  query: OrderQuery;
  page: PageRequest;
}

/** Pages of several people's orders: one read for all who are asked for with the same arguments. */
export async function loadOrdersOfUsers(
  db: Database,
  keys: readonly OrdersOfUser[],
): Promise<OrderRow[][]> {
  const pages = new Map<OrdersOfUser, OrderRow[]>();
  const alike = Map.groupBy(keys, ({ query, page }) => JSON.stringify([query, page]));
  await Promise.all(
    [...alike.values()].map(async (group) => {
      const found = await loadAlike(db, group);
      for (const key of group) pages.set(key, found.get(key.userId) ?? []);
    }),
  );
  return keys.map((key) => pages.get(key) ?? []);
}

async function loadAlike(db: Database, group: OrdersOfUser[]): Promise<Map<string, OrderRow[]>> {
  const [first] = group;
  if (!first) return new Map();
  // Aliases of one operation may ask for the same page twice.
  const userIds = [...new Set(group.map(({ userId }) => userId))];
  const lists = await listOrdersOfCustomers(db, userIds, first.query, first.page);
  return new Map(userIds.map((userId, i) => [userId, lists[i] ?? []]));
}
