import { batched } from '@waybill/kernel/batch.js';
import type { Database } from '@waybill/kernel/database.js';
import { linesOfOrders } from './read-lines.js';
import { findOrders, findOrdersByNumber } from './read-orders.js';
import type { OrderLineRow, OrderRow } from './tables.js';

/** What is asked for most: while one statement is under way, what other requests want to know goes into the next. */
export interface OrderReads {
  /** Undefined where there is none with this bare id. */
  byId(id: string): Promise<OrderRow | undefined>;
  /** Undefined where none was placed with this number. */
  byNumber(number: string): Promise<OrderRow | undefined>;
  /** In their sequence, by the bare id of an order. */
  lines(orderId: string): Promise<OrderLineRow[]>;
}

/** A page of orders is no more than one statement. */
const MOST_AT_ONCE = 500;

export function orderReads(db: Pick<Database, 'query'>): OrderReads {
  return {
    byId: batched((ids: string[]) => findOrders(db, ids), MOST_AT_ONCE),
    byNumber: batched((numbers: string[]) => findOrdersByNumber(db, numbers), MOST_AT_ONCE),
    lines: batched((ids: string[]) => linesOfOrders(db, ids), MOST_AT_ONCE),
  };
}
