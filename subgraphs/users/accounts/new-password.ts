import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type UsersError, UsersErrorCode } from '../graphql/errors.js';

/** NIST SP 800-63B: no fewer than 8 characters, and no rule about which. */
const MIN_PASSWORD = 8;
const MAX_PASSWORD = 256;

/** What is wrong with a password that somebody wants to have. */
export function checkNewPassword(password: string, field: string): UsersError[] {
  // As people count characters: an emoji is one.
  const length = [...password].length;
  if (length < MIN_PASSWORD) {
    const message = `The password must have at least ${MIN_PASSWORD} characters.`;
    return [userError(UsersErrorCode.PASSWORD_TOO_SHORT, message, [field])];
  }
  if (length > MAX_PASSWORD) {
    const message = `The password may have ${MAX_PASSWORD} characters at the most.`;
    return [userError(UsersErrorCode.PASSWORD_TOO_LONG, message, [field])];
  }
  return [];
}
