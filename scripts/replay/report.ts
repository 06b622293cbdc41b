import { toDecimal } from '@waybill/kernel/money.js';
import { percentile, sum } from '../command-line/figures.js';
import { totalOf } from '../online-retail/plan-invoices.js';
import { type BadRow, CURRENCY } from '../online-retail/row.js';
import type { Placed } from './place-invoices.js';
import type { ReplayPlan } from './plan-replay.js';
import type { OrderMoney } from './read-back.js';
import type { Refunded } from './return-cancellations.js';

/** The file's own figure beside the one that the system reports; they must be equal. */
export interface Compared {
  file: number;
  system: number;
}

/** What `--json` prints. Money in pence, times in milliseconds unless named otherwise. */
export interface ReplayReport {
  file: string;
  reconciles: boolean;
  rows: {
    read: number;
    linesOrdered: number;
    linesRefunded: number;
    charges: number;
    setAside: number;
    /** How many were set aside for each reason. */
    reasons: Record<string, number>;
    /** Rows of invoices after the first `--limit`. */
    beyondLimit: number;
  };
  currency: string;
  money: { ordered: Compared; captured: Compared; refunded: Compared };
  /** Units of the products that the file sells. */
  stock: {
    atStart: number;
    shippedNow: number;
    cameBackNow: number;
    /** All that the file's cancellations gave back, in this run and before. */
    cameBack: number;
    atEnd: Compared;
  };
  orders: { placedNow: number; placedBefore: number; confirmed: number; failed: number };
  speed: {
    /** Orders from `placeOrder` to CONFIRMED; null where nothing was placed. */
    ordersPerSecond: number | null;
    placeOrderMs: Quantiles | null;
    confirmedMs: Quantiles | null;
    seconds: Record<string, number>;
  };
  /** What does not reconcile, in sentences. */
  faults: string[];
  badRows: BadRow[];
}

export interface Quantiles {
  p50: number;
  p99: number;
}

export interface Outcome {
  plan: ReplayPlan;
  placed: Placed;
  refunded: Refunded;
  /** By order id. */
  money: ReadonlyMap<string, OrderMoney>;
  stock: { atStart: number; atEnd: number; shippedNow: number };
  seconds: Record<string, number>;
}

export function reportOn(file: string, outcome: Outcome): ReplayReport {
  const { plan, placed, stock, seconds } = outcome;
  const rows = rowCounts(outcome);
  const money = compareMoney(outcome);
  const { unitsBack, unitsBackNow } = outcome.refunded;
  const atEnd = {
    file: stock.atStart - stock.shippedNow + unitsBackNow,
    system: stock.atEnd,
  };
  const faults = [
    ...findFaults(outcome, rows),
    ...compare({ ...money }, (minor) => toDecimal(minor, CURRENCY)),
    ...compare({ 'units on hand at the end': atEnd }, String),
  ];
  return {
    file,
    reconciles: faults.length === 0,
    rows,
    currency: CURRENCY,
    money,
    stock: {
      atStart: stock.atStart,
      shippedNow: stock.shippedNow,
      cameBackNow: unitsBackNow,
      cameBack: unitsBack,
      atEnd,
    },
    orders: {
      placedNow: placed.placedNow,
      placedBefore: placed.placedBefore,
      confirmed: placed.orders.size,
      failed: placed.failed.length,
    },
    speed: {
      ordersPerSecond: placed.placedNow > 0 ? placed.placedNow / (seconds.place ?? 0) : null,
      placeOrderMs: quantiles(placed.answerMs),
      confirmedMs: quantiles(placed.confirmedMs),
      seconds,
    },
    faults,
    badRows: plan.bad,
  };
}

/** Counted from what became of the rows, and not from what was planned for them. */
function rowCounts({ plan, placed, refunded }: Outcome): ReplayReport['rows'] {
  const ordered = plan.invoices.filter(({ number }) => placed.orders.has(number));
  const failed = new Set(refunded.failed.map(({ cancellation }) => cancellation));
  return {
    read: plan.rowsRead,
    linesOrdered: sum(ordered.map(({ lines }) => lines.length)),
    linesRefunded: plan.refunds.filter(({ cancellation }) => !failed.has(cancellation)).length,
    charges: sum(ordered.map(({ charges }) => charges.length)),
    setAside: sum(Object.values(plan.aside)),
    reasons: plan.aside,
    beyondLimit: plan.beyondLimit,
  };
}

function compareMoney({ plan, money }: Outcome): ReplayReport['money'] {
  const ordered = sum(plan.invoices.map(totalOf));
  const parts = plan.refunds.flatMap((refund) => refund.parts);
  const system = (field: keyof OrderMoney) => sum([...money.values()].map((each) => each[field]));
  return {
    ordered: { file: ordered, system: system('total') },
    captured: { file: ordered, system: system('captured') },
    refunded: { file: sum(parts.map(({ amount }) => amount)), system: system('refunded') },
  };
}

/** Faults beyond this number are only counted. */
const NAMED = 10;

function findFaults({ placed, refunded }: Outcome, rows: ReplayReport['rows']) {
  const counted =
    rows.linesOrdered + rows.linesRefunded + rows.charges + rows.setAside + rows.beyondLimit;
  const open = rows.read - counted;
  return [
    ...(open === 0 ? [] : [`${open} of ${rows.read} rows became neither order nor refund`]),
    ...some(placed.failed.map(({ invoice, reason }) => `invoice ${invoice}: ${reason}`)),
    ...some(
      refunded.failed.map(
        ({ cancellation, reason }) => `cancellation ${cancellation.invoice}: ${reason}`,
      ),
    ),
  ];
}

function some(faults: string[]): string[] {
  const more = faults.length - NAMED;
  return more > 0 ? [...faults.slice(0, NAMED), `and ${more} more like it`] : faults;
}

function compare(figures: Record<string, Compared>, show: (value: number) => string): string[] {
  return Object.entries(figures)
    .filter(([, { file, system }]) => file !== system)
    .map(
      ([name, { file, system }]) =>
        `${name}: the file says ${show(file)}, Waybill says ${show(system)}`,
    );
}

function quantiles(values: readonly number[]): Quantiles | null {
  const [p50, p99] = [percentile(values, 0.5), percentile(values, 0.99)];
  return p50 === undefined || p99 === undefined ? null : { p50, p99 };
}
