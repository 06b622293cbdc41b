import type { LineState, LineUnits, RefundPart, WholeOrder } from '../order-parts.js';
import { dueOf } from '../rules/shipment-capture.js';
import { subtracted, sumOf, unitsOf } from '../rules/units.js';

/** What happened to the sales of one line of an order; amounts in minor units. */
export interface Sale {
  /** Null for what belongs to no line in particular. */
  line: LineState | null;
  /** Units of goods that were sold, less those that were called off; a refund changes none. */
  units: number;
  gross: number;
  /** Of what was sold: will neither be delivered nor paid. */
  takenOff: number;
  /** Went back to the customer. */
  refunded: number;
}

/** What sales are told from. */
export type SoldOrder = Pick<
  WholeOrder,
  'status' | 'total' | 'captured' | 'refunded' | 'paymentReversed' | 'lines' | 'refunds' | 'edits'
>;

/**
 * What came of an order between two of its events; `before` is undefined where nothing was sold yet. What is called off is
 * taken off where its money was not taken, and else counts as refunded once its money went back, so never twice.
 *
 * At any time all sales of an order together are what it comes to, less what was refunded: gross − taken off − refunded =
 * `worthOf` − refunded. Once all its money was taken that is captured − refunded.
 */
export function salesOf(before: SoldOrder | undefined, after: SoldOrder): Sale[] {
  const changes = after.lines.map((line) => changeOf(line, before, after));
  const gross = sumOf(changes, (change) => change.gross);
  const takenOff = gross - (worthOf(after) - (before ? worthOf(before) : 0));
  const called = sumOf(changes, (change) => change.calledOff);
  const takenOffs = shared(
    Math.min(Math.max(0, takenOff), called),
    changes.map(({ calledOff }) => calledOff),
  );
  const refunded = after.refunded - (before?.refunded ?? 0);
  const refunds = shared(refunded, refundedWorth(before, after));
  const ofLines = changes.map(
    ({ line, units, gross }, i): Sale => ({
      ...{ line, units, gross },
      ...{ takenOff: takenOffs[i] ?? 0, refunded: refunds[i] ?? 0 },
    }),
  );
  const rest: Sale = {
    ...{ line: null, units: 0 },
    // More was taken than the lines cost.
    gross: Math.max(0, -takenOff),
    takenOff: Math.max(0, takenOff) - sumOf(ofLines, (sale) => sale.takenOff),
    refunded: refunded - sumOf(ofLines, (sale) => sale.refunded),
  };
  return [...ofLines, rest].filter(hasAny);
}

/** What an order comes to: what was taken for it, or what is still to be taken where that is more. */
export function worthOf(order: Pick<SoldOrder, 'status' | 'captured' | 'total' | 'lines'>): number {
  return Math.max(order.captured, isCalledOff(order) ? 0 : dueOf(order));
}

const isCalledOff = ({ status }: Pick<SoldOrder, 'status'>) =>
  status === 'CANCELLING' || status === 'CANCELLED';

const hasAny = ({ units, gross, takenOff, refunded }: Sale) =>
  units !== 0 || gross !== 0 || takenOff !== 0 || refunded !== 0;

interface LineChange {
  line: LineState;
  units: number;
  gross: number;
  /** What units that are no longer wanted cost. */
  calledOff: number;
}

function changeOf(line: LineState, before: SoldOrder | undefined, after: SoldOrder): LineChange {
  const known = before?.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
  const kept = wanted(line, after) - (before && known ? wanted(known, before) : 0);
  const more = Math.max(0, line.quantity - (known?.quantity ?? 0));
  return {
    line,
    units: line.kind === 'PRODUCT' ? kept : 0,
    gross: more * line.unitPrice,
    calledOff: Math.max(0, more - kept) * line.unitPrice,
  };
}

const wanted = ({ quantity, cancelled }: LineState, order: SoldOrder) =>
  isCalledOff(order) ? 0 : quantity - cancelled;

/** Of each line what the units cost for which money went back; nothing where a refund names no lines. */
function refundedWorth(before: SoldOrder | undefined, after: SoldOrder): number[] {
  const isDone = ({ status }: RefundPart) => status === 'REFUNDED';
  const earlier = new Set(before?.refunds.filter(isDone).map(({ id }) => id));
  const refund = after.refunds.find((each) => isDone(each) && !earlier.has(each.id));
  const units = refund && refundedUnits(refund, after);
  return after.lines.map((line) => {
    // Without a refund of its own, all that was left went back.
    const left = Math.max(0, line.quantity - line.refunded);
    return (units ? unitsOf(units, line.lineNumber) : left) * line.unitPrice;
  });
}

/** An edit gives back what it made fewer. */
function refundedUnits(
  { idempotencyKey, lines }: RefundPart,
  { edits }: Pick<SoldOrder, 'edits'>,
): LineUnits[] {
  const edit = edits.find(({ id }) => idempotencyKey === `edit:${id}`);
  return edit?.replaced ? subtracted(edit.replaced.lines, edit.lines) : lines;
}

/** Shares an amount out by weights, to the last unit; nothing where they weigh nothing. */
function shared(amount: number, weights: number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map(() => 0);
  let weight = 0;
  let given = 0;
  return weights.map((each) => {
    weight += each;
    const share = Math.round(amount * (weight / total)) - given;
    given += share;
    return share;
  });
}
