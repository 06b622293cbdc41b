import { countBy } from '../online-retail/count-by.js';
import { matchRefunds, type PlannedRefund } from '../online-retail/match-refunds.js';
import { type Invoice, type PlannedInvoices, totalOf } from '../online-retail/plan-invoices.js';
import type { BadRow, Row } from '../online-retail/row.js';
import type { KnownOrder } from './find-placed.js';
import { DEAD } from './order-watch.js';

/** What is to be done with a file; every row is counted in one place. */
export interface ReplayPlan {
  rowsRead: number;
  invoices: Invoice[];
  refunds: PlannedRefund[];
  /** Rows of which nothing is made, by reason; the unreadable ones included. */
  aside: Record<string, number>;
  bad: BadRow[];
  beyondLimit: number;
}

/**
 * The plan of a file, given the orders that its invoices have already. An invoice that was placed with other lines,
 * say from a file that was cut or mended since, stays as it was placed: an order is never placed twice.
 */
export function planReplay(
  planned: PlannedInvoices,
  known: ReadonlyMap<string, KnownOrder>,
): ReplayPlan {
  const isChanged = (invoice: Invoice): boolean => {
    const order = known.get(invoice.number);
    return !!order && !DEAD.has(order.status) && order.total !== totalOf(invoice);
  };
  const invoices = planned.invoices.filter((invoice) => !isChanged(invoice));
  const changed = planned.invoices
    .filter(isChanged)
    .flatMap(asideWith('placed before with other lines'));
  const { refunds, unmatched } = matchRefunds(invoices, planned.cancellations);
  const { rowsRead, bad, beyondLimit } = planned;
  const aside = [...planned.aside, ...changed, ...unmatched, ...bad];
  return {
    rowsRead,
    invoices,
    refunds,
    aside: countBy(aside, ({ reason }) => reason),
    bad,
    beyondLimit,
  };
}

function asideWith(reason: string) {
  return ({ lines, charges }: Invoice) => [...lines, ...charges].map(() => ({ reason }));
}

export function skusOf(invoices: readonly Invoice[]): string[] {
  const rows: Row[] = invoices.flatMap(({ lines }) => lines);
  return [...new Set(rows.map(({ stockCode }) => stockCode))];
}
