import { userError } from '@waybill/kernel/graphql/user-error.js';
import { accountOf, type Identity, isStaff } from '@waybill/kernel/identity.js';
import { toMinor } from '@waybill/kernel/money.js';
import { QuoteErrorCode as Code, type QuoteError } from './errors.js';
import { leastPrice } from './own-prices.js';
import { ownerIds } from './quote.js';
import type { CreateQuoteInput, QuoteLineInput } from './quote-input.js';
import type { QuoteRow } from './quote-row.js';

const MAX_LINES = 500;
const MAX_QUANTITY = 1_000_000;
const MAX_REASON = 500;

/** What can be said against a quote without looking anything up. */
export function checkQuote(
  { lines, reason }: CreateQuoteInput,
  currency: string,
  identity: Identity,
): QuoteError[] {
  if (lines.length < 1 || lines.length > MAX_LINES) {
    return [userError(Code.INVALID_LINES, `A quote has 1 to ${MAX_LINES} lines.`, ['lines'])];
  }
  const errors = lines.flatMap((line, i) => checkLine(line, i, currency, identity));
  const hasOwn = lines.some(({ unitPrice }) => unitPrice != null);
  if (hasOwn && !reason?.trim()) {
    errors.push(userError(Code.REASON_REQUIRED, 'Say why it has prices of its own.', ['reason']));
  }
  if (reason != null && (reason.length > MAX_REASON || /\p{Cc}/u.test(reason))) {
    const message = `A reason has at most ${MAX_REASON} characters.`;
    errors.push(userError(Code.INVALID_TEXT, message, ['reason']));
  }
  return errors;
}

function checkLine(
  { quantity, unitPrice }: QuoteLineInput,
  i: number,
  currency: string,
  identity: Identity,
): QuoteError[] {
  const errors: QuoteError[] = [];
  if (quantity < 1 || quantity > MAX_QUANTITY) {
    const message = `A quantity must be between 1 and ${MAX_QUANTITY}.`;
    errors.push(lineError(Code.INVALID_QUANTITY, message, i, 'quantity'));
  }
  if (unitPrice == null) return errors;
  if (leastPrice(identity, 0) === undefined) {
    errors.push(lineError(Code.FORBIDDEN, 'You may not name prices.', i, 'unitPrice'));
  } else if (!((toMinor(unitPrice, currency) ?? -1) >= 0)) {
    errors.push(lineError(Code.INVALID_PRICE, `This is no price in ${currency}.`, i, 'unitPrice'));
  }
  return errors;
}

export const lineError = (code: Code, message: string, i: number, field: keyof QuoteLineInput) =>
  userError(code, message, ['lines', String(i), field]);

export type Owner = Pick<QuoteRow, 'ownerKind' | 'ownerId'>;

/** For whom a quote is: who asks, unless staff name somebody else. */
export function ownerOf(
  identity: Identity,
  { customerId, partnerId }: Pick<CreateQuoteInput, 'customerId' | 'partnerId'>,
): { owner: Owner } | { error: QuoteError } {
  const named = customerId ?? partnerId;
  if (named == null) {
    const ownerId = accountOf(identity);
    if (ownerId === undefined) return { error: NO_ACCOUNT };
    return { owner: { ownerKind: identity.kind === 'partner' ? 'partner' : 'user', ownerId } };
  }
  const field = [customerId == null ? 'partnerId' : 'customerId'];
  if (!isStaff(identity)) {
    return { error: userError(Code.FORBIDDEN, 'Only staff quote for somebody else.', field) };
  }
  const ownerKind = customerId == null ? 'partner' : 'user';
  const ownerId = ownerIds[ownerKind].decode(named);
  if (ownerId === undefined || (customerId != null && partnerId != null)) {
    return { error: userError(Code.INVALID_ACCOUNT, 'Name one customer or one partner.', field) };
  }
  return { owner: { ownerKind, ownerId } };
}

const NO_ACCOUNT = userError(Code.INVALID_ACCOUNT, 'Say for whom it is.', ['customerId']);
