import { toDecimal } from '@waybill/kernel/money.js';
import {
  PlaceInvoiceDocument,
  type PlaceInvoiceMutationVariables,
} from '@waybill/schema/generated/graphql.js';
import { AnsweredErrors, type Client } from '../client.js';
import type { Phase } from '../command-line/progress.js';
import { Slots } from '../command-line/slots.js';
import type { Invoice } from '../online-retail/plan-invoices.js';
import { CURRENCY } from '../online-retail/row.js';
import { invoiceKey, type KnownOrder } from './find-placed.js';
import { DEAD, type OrderWatch, SETTLED } from './order-watch.js';

export interface Placing {
  client: Client;
  watch: OrderWatch;
  /** Ids of the users, by the file's customer numbers. */
  customers: ReadonlyMap<string, string>;
  /** Orders of earlier runs, by invoice number. */
  known: ReadonlyMap<string, KnownOrder>;
  /** `placeOrder` calls at a time. */
  concurrency: number;
  phase: Phase;
  signal: AbortSignal;
}

export interface Placed {
  /** Order ids of the invoices that are paid for, by invoice number. */
  orders: Map<string, string>;
  placedNow: number;
  placedBefore: number;
  /** Invoices that became no sale, and why. */
  failed: Array<{ invoice: string; reason: string }>;
  /** Milliseconds until `placeOrder` answered, and until CONFIRMED was seen, per order placed now. */
  answerMs: number[];
  confirmedMs: number[];
}

/**
 * Orders on their way to CONFIRMED, per `placeOrder` call at a time. More keep the queues busy, and wait longer in
 * them.
 */
const IN_FLIGHT_PER_CALL = 4;
/** Invoices that may fail before it is clear that something is wrong with all of them. */
const MAX_FAILED = 100;

/** Places every invoice that is not placed yet and waits until each is paid for, or never will be. */
export async function placeInvoices(invoices: Invoice[], placing: Placing): Promise<Placed> {
  const { concurrency, signal } = placing;
  const placed = nothingPlaced();
  const errors: unknown[] = [];
  const calls = new Slots(concurrency);
  const inFlight = new Slots(concurrency * IN_FLIGHT_PER_CALL);
  const underWay: Array<Promise<void>> = [];
  for (const invoice of invoices) {
    await inFlight.take();
    await calls.take();
    if (signal.aborted || errors.length > 0 || placed.failed.length > MAX_FAILED) break;
    const settled = settle(invoice, placing, placed, () => calls.give())
      .catch((error) => errors.push(error))
      .then(() => inFlight.give());
    underWay.push(settled);
  }
  // Nothing is to be running any more when an error is thrown.
  await Promise.all(underWay);
  if (errors.length > 0) throw errors[0];
  return placed;
}

function nothingPlaced(): Placed {
  const [orders, failed] = [new Map(), []];
  return { orders, failed, placedNow: 0, placedBefore: 0, answerMs: [], confirmedMs: [] };
}

async function settle(
  invoice: Invoice,
  placing: Placing,
  placed: Placed,
  answered: () => void,
): Promise<void> {
  const start = performance.now();
  const order = await orderOf(invoice, placing, placed).finally(answered);
  const settled = order && (await placing.watch.until(order.id, SETTLED));
  placing.phase.advance();
  if (!settled) return;
  const { status, at } = settled;
  if (DEAD.has(status)) {
    placed.failed.push({ invoice: invoice.number, reason: `its order ended as ${status}` });
    return;
  }
  placed.orders.set(invoice.number, order.id);
  if (order.isNew) placed.confirmedMs.push(at - start);
}

async function orderOf(invoice: Invoice, placing: Placing, placed: Placed) {
  const known = placing.known.get(invoice.number);
  if (known && !DEAD.has(known.status)) {
    placed.placedBefore += 1;
    placing.watch.see(known.id, known.status);
    return { id: known.id, isNew: false };
  }
  const start = performance.now();
  const answer = await place(invoice, (known?.attempt ?? 0) + 1, placing);
  if ('reason' in answer) {
    placed.failed.push({ invoice: invoice.number, reason: answer.reason });
    return undefined;
  }
  placed.placedNow += 1;
  placed.answerMs.push(performance.now() - start);
  return { id: answer.id, isNew: true };
}

async function place(
  invoice: Invoice,
  attempt: number,
  { client, customers }: Placing,
): Promise<{ id: string } | { reason: string }> {
  try {
    const input = orderInput(invoice, attempt, customers);
    const { placeOrder } = await client.run(PlaceInvoiceDocument, { input });
    if (placeOrder.order) return placeOrder.order;
    return {
      reason: placeOrder.userErrors.map(({ code, message }) => `${code} ${message}`).join(' '),
    };
  } catch (error) {
    if (error instanceof AnsweredErrors) return { reason: error.message };
    throw error;
  }
}

/** The invoice as the order that staff place for its customer, at the prices of the file. */
export function orderInput(
  { number, customer, lines, charges }: Invoice,
  attempt: number,
  customers: ReadonlyMap<string, string>,
): PlaceInvoiceMutationVariables['input'] {
  return {
    idempotencyKey: invoiceKey(number, attempt),
    customerId: customer === null ? null : (customers.get(customer) ?? null),
    currency: CURRENCY,
    paymentMethod: 'pm_card_approve',
    notifyCustomer: false,
    lines: lines.map((row) => ({
      sku: row.stockCode,
      quantity: row.quantity,
      quotedUnitPrice: toDecimal(row.unitPrice, CURRENCY),
    })),
    charges: charges.map((row) => ({
      code: row.stockCode,
      title: row.description || row.stockCode,
      quantity: row.quantity,
      unitPrice: toDecimal(row.unitPrice, CURRENCY),
    })),
  };
}
