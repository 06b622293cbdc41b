import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { LineState, LineUnits, WholeOrder } from '../order-parts.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';

export interface UnitsRequest {
  lineNumber: number;
  quantity: number;
}

type Lines = Pick<WholeOrder, 'lines'>;

/** Units that are in no fulfillment and were not called off; of a charge there are none. */
export const unitsLeft = (line: LineState): number =>
  line.kind === 'PRODUCT' ? line.quantity - line.cancelled - line.fulfilled : 0;

export const hasGoods = ({ lines }: Lines) => lines.some(({ kind }) => kind === 'PRODUCT');

/** Every unit that is left, line by line. */
export function everythingLeft({ lines }: Lines): LineUnits[] {
  return lines.flatMap((line) => {
    const quantity = unitsLeft(line);
    return quantity > 0 ? [{ lineNumber: line.lineNumber, sku: line.sku, quantity }] : [];
  });
}

/** A line that is named several times counts once, with all of the units. Unknown lines are left out. */
export function mergedUnits({ lines }: Lines, requested: UnitsRequest[]): LineUnits[] {
  const byLine = Map.groupBy(requested, ({ lineNumber }) => lineNumber);
  return [...byLine].flatMap(([lineNumber, same]) => {
    const line = lines.find((each) => each.lineNumber === lineNumber);
    const quantity = sumOf(same, (each) => each.quantity);
    return line ? [{ lineNumber, sku: line.sku, quantity }] : [];
  });
}

/** What is wrong with the units asked for, where each line has at most `available` of them. */
export function checkUnits(
  { lines }: Lines,
  requested: UnitsRequest[],
  available: (line: LineState) => number,
): OrdersUserError[] {
  const asked = new Map<number, number>();
  return requested.flatMap(({ lineNumber, quantity }, i): OrdersUserError[] => {
    const line = lines.find((each) => each.lineNumber === lineNumber);
    const at = (name: string) => ['lines', `${i}`, name];
    if (!line) return [userError(Code.NOT_FOUND, 'The order has no such line.', at('lineNumber'))];
    if (!Number.isInteger(quantity) || quantity < 1)
      return [userError(Code.INVALID_QUANTITY, 'Name at least one unit.', at('quantity'))];
    const total = (asked.get(lineNumber) ?? 0) + quantity;
    asked.set(lineNumber, total);
    const most = available(line);
    if (total <= most) return [];
    const message = `Line ${lineNumber} has ${most} units for this, not ${total}.`;
    return [userError(Code.INVALID_QUANTITY, message, at('quantity'))];
  });
}

type Counter = 'cancelled' | 'fulfilled' | 'shipped' | 'returned' | 'refunded';

/** The lines that these units belong to, with them added to some counters, or taken off them. */
export function counted(
  { lines }: Lines,
  units: LineUnits[],
  sign: 1 | -1,
  ...counters: Counter[]
): LineState[] {
  return lines.flatMap((line) => {
    const quantity = sign * unitsOf(units, line.lineNumber);
    if (quantity === 0) return [];
    return [
      { ...line, ...Object.fromEntries(counters.map((name) => [name, line[name] + quantity])) },
    ];
  });
}

export const unitsOf = (units: LineUnits[], lineNumber: number): number =>
  sum(units.filter((each) => each.lineNumber === lineNumber));

/** What is left of `units` without `taken`. */
export function subtracted(units: LineUnits[], taken: LineUnits[]): LineUnits[] {
  return units.flatMap((each) => {
    const quantity = each.quantity - unitsOf(taken, each.lineNumber);
    return quantity > 0 ? [{ ...each, quantity }] : [];
  });
}

/** What units cost, in minor units. */
export function worthOf({ lines }: Lines, units: LineUnits[]): number {
  const priceOf = new Map(lines.map((line) => [line.lineNumber, line.unitPrice]));
  return sumOf(units, (each) => each.quantity * (priceOf.get(each.lineNumber) ?? 0));
}

export function sumOf<Item>(items: Item[], amountOf: (item: Item) => number): number {
  return items.reduce((all, item) => all + amountOf(item), 0);
}

const sum = (units: LineUnits[]) => sumOf(units, ({ quantity }) => quantity);
