import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type UsersError, UsersErrorCode } from '../graphql/errors.js';

const MAX_LENGTH = 2000;

/**
 * What is wrong with the address of a webhook. Messages go over TLS, except to the same machine while somebody tries it
 * out; whether the machine may be reached at all is seen when a message goes out, for names can change what they mean.
 */
export function checkUrl(text: string): UsersError[] {
  const url = URL.canParse(text) && text.length <= MAX_LENGTH ? new URL(text) : undefined;
  if (!url) return wrong('This is no web address.');
  if (url.username || url.password)
    return wrong('Leave out user and password: messages are signed.');
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)) return [];
  return wrong('Give an address that begins with https://');
}

const wrong = (message: string) => [userError(UsersErrorCode.INVALID_URL, message, ['url'])];
