import { type Authenticate, UnauthenticatedError } from '@waybill/gateway/index.js';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { type TokenVerifierOptions, tokenVerifier } from '@waybill/kernel/token-verifier.js';

/** Reads the bearer token (RFC 6750) of a request; no token at all is an anonymous caller. */
export function bearerAuthentication(options: TokenVerifierOptions): Authenticate {
  const verify = tokenVerifier(options);
  return ({ authorization }) => {
    if (!authorization) return ANONYMOUS;
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (!token) throw new UnauthenticatedError('Authorization must be "Bearer <token>".');
    return verify(token);
  };
}
