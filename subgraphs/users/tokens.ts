import { randomUUID } from 'node:crypto';
import type { Role } from '@waybill/kernel/identity.js';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@waybill/schema/front-door.js';
import { SignJWT } from 'jose';
import type { SigningKeys } from './sessions/signing-keys.js';

export interface AccessToken {
  accessToken: string;
  expiresAt: Date;
}

interface TokenHolder {
  id: string;
  roles: readonly Role[];
  sessionId: string;
  realms?: readonly string[] | null | undefined;
}

export interface Tokens {
  /**
   * A signed JWT (RFC 7519, typed as in RFC 9068): who somebody is, their roles, session and realms when it was issued;
   * no realms for who is confined to none.
   */
  issue(user: TokenHolder): Promise<AccessToken>;
}

export function accessTokens(keys: SigningKeys, ttlSeconds: number): Tokens {
  return {
    issue: async ({ id, roles, sessionId, realms }) => {
      const { kid, key } = await keys.current();
      const issuedAt = Math.floor(Date.now() / 1000);
      const expires = issuedAt + ttlSeconds;
      const accessToken = await new SignJWT({ roles, sid: sessionId, ...(realms && { realms }) })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
        .setSubject(id)
        .setJti(randomUUID())
        .setIssuer(TOKEN_ISSUER)
        .setAudience(TOKEN_AUDIENCE)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expires)
        .sign(key);
      return { accessToken, expiresAt: new Date(expires * 1000) };
    },
  };
}
