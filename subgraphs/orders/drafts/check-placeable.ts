import { userError } from '@waybill/kernel/graphql/user-error.js';
import { toDecimal, toMinor } from '@waybill/kernel/money.js';
import { checkPayments, type PaymentsRequest } from '../check-payments.js';
import { refuseEmpty } from '../rules/draft.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import type { Draft } from './draft.js';
import type { DraftQuote } from './quote-draft.js';

/** What keeps a draft from being placed as it is now. Pure. */
export function checkPlaceable(
  draft: Draft,
  quote: DraftQuote,
  { expectedTotal, ...asked }: PaymentsRequest & { expectedTotal?: string | null | undefined },
): OrdersUserError[] {
  const errors = [...checkLines(quote), ...checkPayments(asked)];
  if (draft.isGuests && draft.customerId === null && draft.contactEmail === null) {
    const message = 'Say where mail about the order goes.';
    errors.push(userError(Code.INVALID_INPUT, message, ['contactEmail']));
  }
  return errors.length > 0 ? errors : checkTotal(draft, quote, expectedTotal);
}

function checkLines({ lines }: DraftQuote): OrdersUserError[] {
  const empty = refuseEmpty(lines);
  if (empty) return [empty.error];
  return lines.flatMap(({ line, sellable, available }, i): OrdersUserError[] => {
    const field = ['lines', `${i}`];
    if (!sellable)
      return [
        userError(Code.UNKNOWN_SKU, `${line.sku} is not for sale any more.`, [...field, 'sku']),
      ];
    if (available) return [];
    const message = `There are not as many of ${line.sku} left.`;
    return [userError(Code.OUT_OF_STOCK, message, [...field, 'quantity'])];
  });
}

function checkTotal(
  { currency }: Draft,
  { total }: DraftQuote,
  expected: string | null | undefined,
): OrdersUserError[] {
  if (expected == null) return [];
  const minor = toMinor(expected, currency);
  if (minor === undefined)
    return [userError(Code.INVALID_PRICE, `This is no amount of ${currency}.`, ['expectedTotal'])];
  if (minor === total) return [];
  const message = `It costs ${toDecimal(total, currency)} ${currency} now.`;
  return [userError(Code.PRICE_CHANGED, message, ['expectedTotal'])];
}
