import type { Database } from '@waybill/kernel/database.js';
import type { OrderLineRow } from './tables.js';

/** Lines of each order, in their sequence. */
export async function linesOfOrders(
  { query }: Pick<Database, 'query'>,
  orderIds: readonly string[],
): Promise<OrderLineRow[][]> {
  const rows = await query<OrderLineRow>('orders.lines', LINES, [orderIds]);
  const byOrder = Map.groupBy(rows, ({ orderId }) => orderId);
  return orderIds.map((id) => byOrder.get(id) ?? []);
}

const LINES = `
  select order_id as "orderId", line_number as "lineNumber", kind, sku, product_id as "productId", title,
    quantity, unit_price::float8 as "unitPrice", price_id as "priceId", price_quoted as "priceQuoted",
    cancelled_quantity as "cancelledQuantity", fulfilled_quantity as "fulfilledQuantity",
    shipped_quantity as "shippedQuantity", returned_quantity as "returnedQuantity",
    refunded_quantity as "refundedQuantity"
  from order_lines where order_id = any($1::uuid[]) order by order_id, line_number`;
