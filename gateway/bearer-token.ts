import { UnauthenticatedError } from './errors.js';

/** The token in an Authorization header (RFC 6750); undefined without that header. */
export function bearerToken(authorization: string | undefined): string | undefined {
  if (!authorization) return undefined;
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token) return token;
  throw new UnauthenticatedError('Authorization must be "Bearer <token>".');
}
