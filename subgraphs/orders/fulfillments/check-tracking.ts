import { userError } from '@waybill/kernel/graphql/user-error.js';
import { checkTexts, MAX_NAME_LENGTH } from '../check-texts.js';
import type { Tracking } from '../rules/fulfillment.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';

export function checkTracking(tracking: Tracking): OrdersUserError[] {
  const errors = checkTexts(tracking);
  for (const [name, text] of Object.entries(tracking)) {
    const most = name === 'trackingUrl' ? MAX_URL_LENGTH : MAX_NAME_LENGTH;
    if ((text?.length ?? 0) <= most) continue;
    errors.push(userError(Code.INVALID_INPUT, `At most ${most} characters.`, [name]));
  }
  if (tracking.trackingUrl === null || isWebAddress(tracking.trackingUrl)) return errors;
  const message = 'This is no http or https address.';
  return [...errors, userError(Code.INVALID_INPUT, message, ['trackingUrl'])];
}

const MAX_URL_LENGTH = 2000;

/** Customers are shown it as a link: nothing but the web may hide behind it. */
function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
