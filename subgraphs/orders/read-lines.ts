import type { Query } from '@waybill/kernel/database.js';
import type { OrderLineRow } from './tables.js';

/** Lines of orders, in their sequence. */
export function linesOfOrders(query: Query, orderIds: readonly string[]): Promise<OrderLineRow[]> {
  return query<OrderLineRow>('orders.lines', LINES, [orderIds]);
}

const LINES = `
  select order_id as "orderId", line_number as "lineNumber", kind, sku, product_id as "productId", title,
    quantity, unit_price::float8 as "unitPrice", price_id as "priceId", price_quoted as "priceQuoted",
    cancelled_quantity as "cancelledQuantity", fulfilled_quantity as "fulfilledQuantity",
    shipped_quantity as "shippedQuantity", returned_quantity as "returnedQuantity",
    refunded_quantity as "refundedQuantity"
  from order_lines where order_id = any($1::uuid[]) order by order_id, line_number`;
