import { userError } from '@waybill/kernel/graphql/user-error.js';
import { isStorable } from '@waybill/kernel/storable.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

export const MAX_NAME_LENGTH = 200;

/** Texts anywhere in an input that no database can keep. */
export function checkTexts(input: unknown, field: string[] = []): OrdersUserError[] {
  if (typeof input === 'string') {
    const message = 'This text has characters that cannot be kept.';
    return isStorable(input) ? [] : [userError(Code.INVALID_INPUT, message, field)];
  }
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([name, part]) => checkTexts(part, [...field, name]));
}

export function checkKey(key: string): OrdersUserError[] {
  if (isNameLong(key)) return [];
  const message = `A key has 1 to ${MAX_NAME_LENGTH} characters.`;
  return [userError(Code.INVALID_INPUT, message, ['idempotencyKey'])];
}

/** What people say of why they change something. */
export function checkReason(reason: string | null): OrdersUserError[] {
  if ((reason?.length ?? 0) <= MAX_NAME_LENGTH) return checkTexts({ reason });
  return [userError(Code.INVALID_INPUT, `At most ${MAX_NAME_LENGTH} characters.`, ['reason'])];
}

export function checkPaymentMethod(
  method: string,
  field: string[] = ['paymentMethod'],
): OrdersUserError[] {
  if (isNameLong(method)) return [];
  return [userError(Code.INVALID_INPUT, 'Name a payment method.', field)];
}

const isNameLong = (text: string) => text.length > 0 && text.length <= MAX_NAME_LENGTH;
