import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { type Authenticate, UnauthenticatedError } from '../index.js';

/** Knows one token; lets people without any in as anonymous. */
export const bearerOrAnonymous: Authenticate = async ({ authorization }) => {
  if (authorization === undefined) return ANONYMOUS;
  if (authorization !== 'Bearer good') throw new UnauthenticatedError('forged');
  return { kind: 'user', userId: 'somebody', roles: ['CUSTOMER'] };
};
