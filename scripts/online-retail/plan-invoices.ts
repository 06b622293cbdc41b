import { type Classified, classify } from './classify.js';
import type { BadRow, Row } from './row.js';

/** A sale of the file, to become one order. Has at least one line or charge. */
export interface Invoice {
  number: string;
  /** Null for a guest. */
  customer: string | null;
  lines: Row[];
  charges: Row[];
}

/** Every row of the file in exactly one place. */
export interface PlannedInvoices {
  /** Readable or not, those beyond the limit included. */
  rowsRead: number;
  invoices: Invoice[];
  /** Goods given back, in the order of the file. */
  cancellations: Row[];
  aside: Array<{ row: Row; reason: string }>;
  bad: BadRow[];
  /** Rows of invoices after the first `limit`. */
  beyondLimit: number;
}

/** Pence of the lines and charges of an invoice. */
export function totalOf({ lines, charges }: Invoice): number {
  return [...lines, ...charges].reduce((total, row) => total + row.quantity * row.unitPrice, 0);
}

export function unitsOf({ lines }: Invoice): number {
  return lines.reduce((units, row) => units + row.quantity, 0);
}

/** Sorts rows into invoices; with `limit`, only the first so many invoice numbers of the file, cancellations too. */
export async function planInvoices(
  rows: AsyncIterable<Row | BadRow>,
  limit = Number.POSITIVE_INFINITY,
): Promise<PlannedInvoices> {
  const planner = new Planner(limit);
  for await (const row of rows) planner.add(row);
  return planner.finish();
}

class Planner {
  readonly #numbers = new Set<string>();
  readonly #invoices = new Map<string, Invoice>();
  readonly #plan: PlannedInvoices = {
    rowsRead: 0,
    invoices: [],
    cancellations: [],
    aside: [],
    bad: [],
    beyondLimit: 0,
  };
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(row: Row | BadRow): void {
    this.#plan.rowsRead += 1;
    if ('reason' in row) this.#plan.bad.push(row);
    else if (this.#within(row.invoice)) this.#sort(classify(row));
    else this.#plan.beyondLimit += 1;
  }

  finish(): PlannedInvoices {
    return { ...this.#plan, invoices: [...this.#invoices.values()] };
  }

  #within(number: string): boolean {
    if (this.#numbers.size < this.#limit) this.#numbers.add(number);
    return this.#numbers.has(number);
  }

  #sort(classified: Classified): void {
    if (classified.kind === 'aside') this.#plan.aside.push(classified);
    else if (classified.kind === 'cancellation') this.#plan.cancellations.push(classified.row);
    else this.#addToInvoice(classified.kind === 'sale' ? 'lines' : 'charges', classified.row);
  }

  #addToInvoice(part: 'lines' | 'charges', row: Row): void {
    const { invoice: number, customer } = row;
    const invoice = this.#invoices.get(number) ?? { number, customer, lines: [], charges: [] };
    if (invoice.customer !== customer) {
      const reason = 'customer differs within the invoice';
      this.#plan.aside.push({ row, reason });
      return;
    }
    invoice[part].push(row);
    this.#invoices.set(number, invoice);
  }
}
