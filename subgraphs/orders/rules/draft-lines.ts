import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { PlacedLine } from '../order-parts.js';
import { MAX_LINES, MAX_QUANTITY } from '../quote-lines.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';

/** Lines of a guest's draft, at the most: anybody may open one. */
export const MAX_GUEST_LINES = 100;

/** A line of a draft. Its price is what it was when it was added, in minor units. */
export interface DraftLine extends PlacedLine {
  /** Staff named the price: it does not follow the catalog. */
  priceQuoted: boolean;
}

/** More units of these SKUs: of one that is there already, the units add up. */
export function addLines(lines: DraftLine[], added: DraftLine[]): DraftLine[] {
  return combined(lines, added, (here, more) => here + more);
}

/** As many units of these SKUs as they say, 0 for none; with `replace`, nothing else is left. */
export function setLines(lines: DraftLine[], set: DraftLine[], replace: boolean): DraftLine[] {
  const named = new Set(set.map(({ sku }) => sku));
  const kept = replace
    ? lines.filter(({ kind, sku }) => kind === 'CHARGE' || named.has(sku))
    : lines;
  return combined(kept, set, (_, units) => units);
}

/** Staff's charges in the place of those before. */
export function setCharges(lines: DraftLine[], charges: DraftLine[]): DraftLine[] {
  return numbered([...lines.filter(({ kind }) => kind === 'PRODUCT'), ...charges]);
}

/** Both drafts' lines: of the same SKU the units add up, as far as one line can have them; a charge is made once. */
export function mergeLines(lines: DraftLine[], others: DraftLine[]): DraftLine[] {
  const here = new Set(lines.map(keyOf));
  const more = others.filter((line) => line.kind === 'PRODUCT' || !here.has(keyOf(line)));
  return combined(lines, more, (mine, theirs) => Math.min(mine + theirs, MAX_QUANTITY));
}

/** What a draft cannot hold, guests' less than others'. `field` names what was asked. */
export function checkSize(
  lines: DraftLine[],
  isGuests: boolean,
  field: string[],
): OrdersUserError[] {
  const refuse = (code: Code, message: string) => [userError(code, message, field)];
  const most = isGuests ? MAX_GUEST_LINES : MAX_LINES;
  if (lines.length > most) return refuse(Code.INVALID_INPUT, `It can have at most ${most} lines.`);
  const full = lines.find(({ quantity }) => quantity > MAX_QUANTITY);
  if (full) {
    const message = `A quantity must be between 1 and ${MAX_QUANTITY}; ${full.sku} would have more.`;
    return refuse(Code.INVALID_QUANTITY, message);
  }
  if (Number.isSafeInteger(totalOf(lines))) return [];
  return refuse(Code.INVALID_PRICE, 'The total is too large to be counted.');
}

/** Minor units. */
export function totalOf(lines: ReadonlyArray<Pick<DraftLine, 'quantity' | 'unitPrice'>>): number {
  return lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
}

/** What changed from `before` to `after`, for the history: lines as they are now, with 0 units where removed. */
export function changedLines(before: DraftLine[], after: DraftLine[]) {
  const rest = new Map(before.map((line) => [keyOf(line), line]));
  const changes = after.filter((line) => {
    const same = rest.get(keyOf(line));
    rest.delete(keyOf(line));
    return same?.quantity !== line.quantity || same.unitPrice !== line.unitPrice;
  });
  return [...changes, ...[...rest.values()].map((line) => ({ ...line, quantity: 0 }))].map(
    ({ kind, sku, title, quantity, unitPrice }) => ({ kind, sku, title, quantity, unitPrice }),
  );
}

function combined(
  lines: DraftLine[],
  changes: DraftLine[],
  units: (here: number, asked: number) => number,
): DraftLine[] {
  const bySku = new Map(lines.map((line) => [keyOf(line), line]));
  for (const change of changes) {
    const here = bySku.get(keyOf(change));
    const quantity = units(here?.quantity ?? 0, change.quantity);
    bySku.set(
      keyOf(change),
      here && !change.priceQuoted ? { ...here, quantity } : { ...change, quantity },
    );
  }
  return numbered([...bySku.values()].filter(({ quantity }) => quantity > 0));
}

/** Goods first, then charges, as in every order. */
function numbered(lines: DraftLine[]): DraftLine[] {
  const { PRODUCT = [], CHARGE = [] } = Object.groupBy(lines, ({ kind }) => kind);
  return [...PRODUCT, ...CHARGE].map((line, i) => ({ ...line, lineNumber: i + 1 }));
}

/** Each SKU and each code of a charge is one line. */
const keyOf = ({ kind, sku }: DraftLine): string => `${kind} ${sku}`;
