import { countBy } from '../online-retail/count-by.js';
import { matchRefunds, type PlannedRefund } from '../online-retail/match-refunds.js';
import { type Invoice, planInvoices } from '../online-retail/plan-invoices.js';
import { readRows } from '../online-retail/read-rows.js';
import type { BadRow, Row } from '../online-retail/row.js';

/** What a file asks for; every row is counted in one place. */
export interface ReplayPlan {
  rowsRead: number;
  invoices: Invoice[];
  refunds: PlannedRefund[];
  /** Rows of which nothing is made, by reason; the unreadable ones included. */
  aside: Record<string, number>;
  bad: BadRow[];
  beyondLimit: number;
}

export async function planReplay(file: string, limit?: number): Promise<ReplayPlan> {
  const planned = await planInvoices(readRows(file), limit);
  const { refunds, unmatched } = matchRefunds(planned.invoices, planned.cancellations);
  const { rowsRead, invoices, bad, beyondLimit } = planned;
  const aside = countBy([...planned.aside, ...unmatched, ...bad], ({ reason }) => reason);
  return { rowsRead, invoices, refunds, aside, bad, beyondLimit };
}

/** Pence of the lines and charges of an invoice. */
export function totalOf({ lines, charges }: Invoice): number {
  return [...lines, ...charges].reduce((total, row) => total + row.quantity * row.unitPrice, 0);
}

export function unitsOf({ lines }: Invoice): number {
  return lines.reduce((units, row) => units + row.quantity, 0);
}

export function skusOf(invoices: readonly Invoice[]): string[] {
  const rows: Row[] = invoices.flatMap(({ lines }) => lines);
  return [...new Set(rows.map(({ stockCode }) => stockCode))];
}
