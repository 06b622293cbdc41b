import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import type { AddressFields, AddressInput } from './graphql/address.js';
import { UsersErrorCode } from './graphql/errors.js';
import { cleanText, isCountryCode } from './input.js';

const REQUIRED = ['name', 'line1', 'city', 'postalCode'] as const;
const OPTIONAL = ['line2', 'region'] as const;

export type CheckedAddress =
  | { fields: AddressFields; errors?: undefined }
  | { fields?: undefined; errors: UserError<UsersErrorCode>[] };

/** The address as it is to be stored, or every field that is wrong; `path` leads to the input's place. */
export function checkAddress(input: AddressInput, path: string[] = []): CheckedAddress {
  const country = input.country.trim().toUpperCase();
  const wrong = wrongFields(input).map((field) =>
    userError<UsersErrorCode>(UsersErrorCode.INVALID_TEXT, `${field} is empty or too long.`, [
      ...path,
      field,
    ]),
  );
  if (!isCountryCode(country)) {
    const message = 'country is no ISO 3166-1 alpha-2 code.';
    wrong.push(userError(UsersErrorCode.INVALID_COUNTRY, message, [...path, 'country']));
  }
  return wrong.length > 0 ? { errors: wrong } : { fields: { ...cleaned(input), country } };
}

function wrongFields(input: AddressInput): string[] {
  const missing = REQUIRED.filter((field) => cleanText(input[field]) === undefined);
  const unfit = OPTIONAL.filter((field) => given(input[field]) && !cleanText(input[field] ?? ''));
  return [...missing, ...unfit];
}

/** Whether an optional field says anything: forms send blanks where people leave one out. */
function given(text: string | null | undefined): boolean {
  return text != null && text.trim() !== '';
}

function cleaned(input: AddressInput): Omit<AddressFields, 'country'> {
  return {
    name: input.name.trim(),
    line1: input.line1.trim(),
    line2: input.line2?.trim() || null,
    city: input.city.trim(),
    region: input.region?.trim() || null,
    postalCode: input.postalCode.trim(),
  };
}

/** For an address that does not exist and for one that is somebody else's. */
export function addressNotFound(): UserError<UsersErrorCode> {
  return userError(UsersErrorCode.NOT_FOUND, 'You have no such address.', ['id']);
}
