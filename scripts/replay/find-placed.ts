import { toMinor } from '@waybill/kernel/money.js';
import { type OrderStatus, OrdersByKeyDocument } from '@waybill/schema/generated/graphql.js';
import type { Client } from '../client.js';
import { chunks } from '../command-line/figures.js';
import { eachAtOnce } from '../command-line/slots.js';
import { CURRENCY } from '../online-retail/row.js';
import { BATCH, DEAD } from './order-watch.js';

/** The order of an invoice that an earlier run placed. */
export interface KnownOrder {
  id: string;
  status: OrderStatus;
  /** Pence. */
  total: number;
  /** 1 for the first order of the invoice; more where the ones before came to nothing. */
  attempt: number;
}

/** One key per invoice and attempt, so that no run places an invoice twice. */
export function invoiceKey(invoice: string, attempt: number): string {
  return `online-retail/${invoice}${attempt > 1 ? `#${attempt}` : ''}`;
}

/** The latest order of each of these invoices that has one. */
export async function findPlaced(
  client: Client,
  invoices: readonly string[],
): Promise<Map<string, KnownOrder>> {
  const known = new Map<string, KnownOrder>();
  let open = invoices;
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const found = await findAttempt(client, open, attempt);
    for (const [invoice, order] of found) known.set(invoice, order);
    // Only behind an order that came to nothing can there be another.
    open = [...found].filter(([, { status }]) => DEAD.has(status)).map(([invoice]) => invoice);
  }
  return known;
}

async function findAttempt(client: Client, invoices: readonly string[], attempt: number) {
  const found = new Map<string, KnownOrder>();
  const byKey = new Map(invoices.map((invoice) => [invoiceKey(invoice, attempt), invoice]));
  await eachAtOnce(chunks([...byKey.keys()], BATCH), 2, async (keys) => {
    const { orders } = await client.run(OrdersByKeyDocument, { keys });
    for (const { node } of orders.edges) {
      const invoice = byKey.get(node.idempotencyKey ?? '');
      const total = toMinor(node.total.amount, CURRENCY) ?? 0;
      if (invoice) found.set(invoice, { id: node.id, status: node.status, total, attempt });
    }
  });
  return found;
}
