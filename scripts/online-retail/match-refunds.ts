import type { Invoice } from './plan-invoices.js';
import type { Row } from './row.js';

/** Units of one line of an earlier invoice that a cancellation gives back. */
export interface RefundPart {
  invoice: string;
  /** Index in the invoice's lines. */
  line: number;
  quantity: number;
  /** Pence, at the cancellation's price. */
  amount: number;
}

export interface PlannedRefund {
  cancellation: Row;
  /** Together exactly what the cancellation gives back. */
  parts: RefundPart[];
}

export interface MatchedRefunds {
  refunds: PlannedRefund[];
  unmatched: Array<{ row: Row; reason: string }>;
}

interface Purchase {
  invoice: string;
  line: number;
  at: string;
  unitPrice: number;
  /** What is not yet refunded of it. */
  quantity: number;
  money: number;
}

/**
 * Finds out which purchases the cancellations give back, for the file does not say: those of the same customer and
 * stock code made before, at the same price first and the latest first. A cancellation may take from several; one
 * that finds too few units, or too little money in them, is left out whole.
 */
export function matchRefunds(invoices: Invoice[], cancellations: Row[]): MatchedRefunds {
  const purchases = purchasesByCustomerAndCode(invoices);
  const matched: MatchedRefunds = { refunds: [], unmatched: [] };
  for (const row of cancellations) {
    const earlier = (purchases.get(keyOf(row)) ?? []).filter(({ at }) => at <= row.at);
    const parts = takeFrom(earlier, row);
    if (parts) matched.refunds.push({ cancellation: row, parts });
    else matched.unmatched.push({ row, reason: whyUnmatched(row, earlier) });
  }
  return matched;
}

function keyOf({ customer, stockCode }: Row): string {
  return `${customer}/${stockCode}`;
}

function purchasesByCustomerAndCode(invoices: Invoice[]): Map<string, Purchase[]> {
  const purchases = new Map<string, Purchase[]>();
  for (const { number, customer, lines } of invoices) {
    if (customer === null) continue;
    lines.forEach((row, line) => {
      const { at, unitPrice, quantity } = row;
      const purchase = {
        invoice: number,
        line,
        at,
        unitPrice,
        quantity,
        money: quantity * unitPrice,
      };
      purchases.set(keyOf(row), [...(purchases.get(keyOf(row)) ?? []), purchase]);
    });
  }
  return purchases;
}

function takeFrom(earlier: Purchase[], { quantity, unitPrice }: Row): RefundPart[] | undefined {
  let missing = -quantity;
  const taken: Array<{ purchase: Purchase; part: RefundPart }> = [];
  for (const purchase of bestFirst(earlier, unitPrice)) {
    const units = Math.min(missing, purchase.quantity, Math.floor(purchase.money / unitPrice));
    if (units === 0) continue;
    const { invoice, line } = purchase;
    const part = { invoice, line, quantity: units, amount: units * unitPrice };
    taken.push({ purchase, part });
    missing -= units;
    if (missing === 0) return taken.map(book);
  }
  return undefined;
}

function bestFirst(purchases: Purchase[], unitPrice: number): Purchase[] {
  const other = (purchase: Purchase) => (purchase.unitPrice === unitPrice ? 0 : 1);
  return purchases.toSorted((a, b) => other(a) - other(b) || (a.at < b.at ? 1 : -1));
}

function book({ purchase, part }: { purchase: Purchase; part: RefundPart }): RefundPart {
  purchase.quantity -= part.quantity;
  purchase.money -= part.amount;
  return part;
}

function whyUnmatched(row: Row, earlier: Purchase[]): string {
  if (row.customer === null) return 'cancellation without a customer';
  if (earlier.length === 0) return 'cancellation without a purchase';
  return 'cancellation of more than was bought';
}
