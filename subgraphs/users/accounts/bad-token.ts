import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type UsersError, UsersErrorCode } from '../graphql/errors.js';

/** The same for a code that never was, was used, or is too old. */
export function badToken(): UsersError {
  const message = 'This code is not good, or not any more: have a new one sent.';
  return userError(UsersErrorCode.INVALID_TOKEN, message, ['token']);
}
