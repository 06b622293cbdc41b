import type { Database } from '@waybill/kernel/database.js';
import type { OrderSummary } from '@waybill/schema/commands.js';
import { findOrders } from './read-orders.js';
import { type OrderLineRow, OrderLineTable } from './tables.js';

/** The order as a mail tells it. */
export async function describeOrder(db: Database, orderId: string): Promise<OrderSummary | null> {
  const [order] = await findOrders(db, [orderId]);
  if (!order) return null;
  const options = { orderBy: { lineNumber: 'asc' } } as const;
  const lines = (await db.em().find(OrderLineTable, { orderId }, options)) as OrderLineRow[];
  return {
    storefrontId: order.storefrontId,
    number: String(order.number),
    currency: order.currency,
    total: order.total,
    reason: order.reason,
    guest: order.contactEmail
      ? { name: order.shippingAddress?.name ?? 'there', email: order.contactEmail }
      : null,
    lines: lines
      .filter(({ quantity }) => quantity > 0)
      .map(({ title, quantity, unitPrice }) => ({ title, quantity, unitPrice })),
  };
}
