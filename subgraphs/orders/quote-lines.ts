import { userError } from '@waybill/kernel/graphql/user-error.js';
import { fractionDigits, isCurrency, toMinor } from '@waybill/kernel/money.js';
import type { QuotedItem } from '@waybill/schema/commands.js';
import type { PlacedLine } from './order-parts.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

export const MAX_LINES = 2000;
export const MAX_QUANTITY = 1_000_000;

export interface LineRequest {
  sku: string;
  quantity: number;
  /** Decimal string; only staff may name one. */
  quotedUnitPrice?: string | null;
}

export interface ChargeRequest {
  code: string;
  title: string;
  quantity: number;
  unitPrice: string;
}

export interface LinesRequest {
  currency: string;
  lines: LineRequest[];
  charges: ChargeRequest[];
}

export type QuotedLines = { lines: PlacedLine[]; total: number } | { errors: OrdersUserError[] };

/** What can be said against the lines without asking anybody. */
export function checkLines(request: LinesRequest): OrdersUserError[] {
  const { currency, lines, charges } = request;
  if (!isCurrency(currency)) {
    return [userError(Code.INVALID_INPUT, `${currency} is no ISO 4217 currency.`, ['currency'])];
  }
  const count = lines.length + charges.length;
  if (count === 0)
    return [userError(Code.EMPTY_ORDER, 'An order needs at least one line.', ['lines'])];
  if (count > MAX_LINES) {
    return [userError(Code.INVALID_INPUT, `An order has at most ${MAX_LINES} lines.`, ['lines'])];
  }
  return [
    ...lines.flatMap((line, i) =>
      checkLine(line.quantity, line.quotedUnitPrice, currency, 'lines', i),
    ),
    ...charges.flatMap((line, i) =>
      checkLine(line.quantity, line.unitPrice, currency, 'charges', i),
    ),
  ];
}

/** A line by itself; `least` is how few units it may have. */
export function checkLine(
  quantity: number,
  price: string | null | undefined,
  currency: string,
  list: 'lines' | 'charges',
  index: number,
  least = 1,
): OrdersUserError[] {
  const errors: OrdersUserError[] = [];
  if (!Number.isInteger(quantity) || quantity < least || quantity > MAX_QUANTITY) {
    const message = `A quantity must be between ${least} and ${MAX_QUANTITY}.`;
    errors.push(userError(Code.INVALID_QUANTITY, message, [list, `${index}`, 'quantity']));
  }
  if (price != null && !((toMinor(price, currency) ?? -1) >= 0)) {
    const field = [list, `${index}`, list === 'lines' ? 'quotedUnitPrice' : 'unitPrice'];
    const message = `A price needs at most ${fractionDigits(currency)} decimals and must not be negative.`;
    errors.push(userError(Code.INVALID_PRICE, message, field));
  }
  return errors;
}

/** Lines with their prices: the quoted one where staff named it, else today's from the catalog. */
export function quoteLines(
  request: LinesRequest,
  items: ReadonlyMap<string, QuotedItem | null>,
): QuotedLines {
  const errors: OrdersUserError[] = [];
  const products = request.lines.map((line, i): PlacedLine => {
    const item = items.get(line.sku);
    const field = ['lines', `${i}`, 'sku'];
    if (!item)
      errors.push(userError(Code.UNKNOWN_SKU, `Nothing for sale has the SKU ${line.sku}.`, field));
    else if (item.currency !== request.currency) {
      errors.push(
        userError(Code.CURRENCY_MISMATCH, `${line.sku} is priced in ${item.currency}.`, field),
      );
    }
    const quoted =
      line.quotedUnitPrice == null ? undefined : toMinor(line.quotedUnitPrice, request.currency);
    return {
      lineNumber: i + 1,
      kind: 'PRODUCT',
      sku: line.sku,
      productId: item?.variantId ?? null,
      title: item?.title ?? '',
      quantity: line.quantity,
      unitPrice: quoted ?? item?.unitPrice ?? 0,
      priceId: quoted === undefined ? (item?.priceId ?? null) : null,
    };
  });
  if (errors.length > 0) return { errors };
  const lines = [...products, ...chargeLines(request)];
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  if (!Number.isSafeInteger(total)) {
    return {
      errors: [userError(Code.INVALID_PRICE, 'The total is too large to be counted.', ['lines'])],
    };
  }
  return { lines, total };
}

/** Postage and the like: money without goods. */
function chargeLines({ lines, charges, currency }: LinesRequest): PlacedLine[] {
  return charges.map((charge, i) => ({
    lineNumber: lines.length + i + 1,
    kind: 'CHARGE',
    sku: charge.code,
    productId: null,
    title: charge.title,
    quantity: charge.quantity,
    unitPrice: toMinor(charge.unitPrice, currency) ?? 0,
    priceId: null,
  }));
}
