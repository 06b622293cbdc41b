import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { ShippingAddress } from './tables.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

const REQUIRED = ['name', 'line1', 'city', 'postalCode'] as const;
const MAX_LENGTH = 200;
const COUNTRY = /^[A-Z]{2}$/;

/** What keeps a parcel from finding its way; a guest's address comes from no address book. */
export function checkAddress(address: ShippingAddress | null | undefined): OrdersUserError[] {
  if (!address) return [];
  const missing = REQUIRED.filter((field) => !isLine(address[field]));
  const wrong = (address.line2?.length ?? 0) > MAX_LENGTH ? [...missing, 'line2'] : missing;
  const errors = wrong.map((field) => refusal(field, `${field} is empty or too long.`));
  if (COUNTRY.test(address.country)) return errors;
  return [...errors, refusal('country', 'country is no ISO 3166-1 alpha-2 code.')];
}

function refusal(field: string, message: string): OrdersUserError {
  return userError(Code.INVALID_INPUT, message, ['shippingAddress', field]);
}

function isLine(text: string): boolean {
  return text.trim().length > 0 && text.length <= MAX_LENGTH;
}
