import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type Identity, isStaff } from '@waybill/kernel/identity.js';
import { isCurrency } from '@waybill/kernel/money.js';
import { z } from 'zod';
import { checkAddress } from '../check-address.js';
import { checkPaymentMethod, checkTexts } from '../check-texts.js';
import { type ChargeRequest, type LineRequest, MAX_LINES } from '../quote-lines.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import type { Draft } from './draft.js';
import type { Details } from './write-draft.js';

/** What is asked of a draft; what is absent stays as it is. */
export interface DraftChange {
  lines: LineRequest[];
  /** Whether these are `add`ed to what is there, or `set` how many there are, 0 for none; `replace` leaves no others. */
  how: 'add' | 'set' | 'replace';
  /** Staff only: in the place of all charges before. */
  charges?: ChargeRequest[] | undefined;
  details: Details;
}

const emailAddress = z.email().max(254);

/** What can be refused without knowing the draft or asking another context. */
export function checkChange(change: DraftChange, identity: Identity): OrdersUserError[] {
  const { lines, charges = [], details, how } = change;
  const { contactEmail, currency, paymentMethod, shippingAddress } = details;
  const errors: OrdersUserError[] = [];
  const refuse = (code: Code, message: string, ...field: string[]) =>
    errors.push(userError(code, message, field));
  if (currency !== undefined && !isCurrency(currency))
    refuse(Code.INVALID_INPUT, `${currency} is no ISO 4217 currency.`, 'currency');
  if (contactEmail != null && !emailAddress.safeParse(contactEmail).success)
    refuse(Code.INVALID_INPUT, 'This is no email address.', 'contactEmail');
  if (lines.length + charges.length > MAX_LINES)
    refuse(Code.INVALID_INPUT, `At most ${MAX_LINES} lines at once.`, 'lines');
  if (how !== 'add' && hasTwice(lines.map(({ sku }) => sku)))
    refuse(Code.INVALID_INPUT, 'Each SKU has one quantity.', 'lines');
  if (hasTwice(charges.map(({ code }) => code)))
    refuse(Code.INVALID_INPUT, 'Each code of a charge is one line.', 'charges');
  if (paymentMethod != null) errors.push(...checkPaymentMethod(paymentMethod));
  if (!isStaff(identity)) errors.push(...staffOnly(change));
  return [
    ...errors,
    ...checkAddress(shippingAddress),
    ...checkTexts({ lines, charges, ...details }),
  ];
}

const hasTwice = (names: string[]): boolean => new Set(names).size < names.length;

function staffOnly({ lines, charges }: DraftChange): OrdersUserError[] {
  const quoted = lines.flatMap(({ quotedUnitPrice }, i) =>
    quotedUnitPrice == null
      ? []
      : [
          userError(Code.FORBIDDEN, 'Only staff may quote prices.', [
            'lines',
            `${i}`,
            'quotedUnitPrice',
          ]),
        ],
  );
  if (!charges?.length) return quoted;
  return [...quoted, userError(Code.FORBIDDEN, 'Only staff may add charges.', ['charges'])];
}

/** What does not go with the draft as it is. */
export function checkDetails(draft: Draft, { details }: DraftChange): OrdersUserError[] {
  const { contactEmail, currency } = details;
  const errors: OrdersUserError[] = [];
  if (contactEmail != null && draft.customerId !== null) {
    const message = 'Mail goes to the address of the account.';
    errors.push(userError(Code.INVALID_INPUT, message, ['contactEmail']));
  }
  if (currency !== undefined && currency !== draft.currency && draft.lines.length > 0) {
    const message = `What is in it is priced in ${draft.currency}.`;
    errors.push(userError(Code.CURRENCY_MISMATCH, message, ['currency']));
  }
  return errors;
}
