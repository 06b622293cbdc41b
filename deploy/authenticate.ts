import { type Authenticate, bearerToken } from '@waybill/gateway/index.js';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { type TokenVerifierOptions, tokenVerifier } from '@waybill/kernel/token-verifier.js';

/** Reads the bearer token of a request; no token at all is an anonymous caller. */
export function bearerAuthentication(options: TokenVerifierOptions): Authenticate {
  const verify = tokenVerifier(options);
  return ({ authorization }) => {
    const token = bearerToken(authorization);
    return token === undefined ? ANONYMOUS : verify(token);
  };
}
