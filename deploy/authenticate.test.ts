import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { bearerAuthentication } from './authenticate.js';

const USER = '0190c3a0-0000-7000-8000-000000000001';

async function issuer() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' };
  const authenticate = bearerAuthentication({
    jwks: async () => ({ keys: [jwk] }),
    issuer: 'waybill',
    audience: 'waybill',
  });
  const token = await new SignJWT({ roles: ['STAFF'] })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'one' })
    .setSubject(USER)
    .setIssuer('waybill')
    .setAudience('waybill')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  const ask = async (authorization?: string) =>
    authenticate(authorization === undefined ? {} : { authorization });
  return { token, ask };
}

describe('a bearer token', () => {
  it('says who asks, and until when', async () => {
    const { token, ask } = await issuer();
    const identity = { kind: 'user', userId: USER, roles: ['STAFF'] };
    const session = { identity, expiresAt: expect.any(Number) };
    expect(await ask(`Bearer ${token}`)).toEqual(session);
    expect(await ask(`bearer ${token}`)).toEqual(session);
  });

  it('is not needed by an anonymous caller', async () => {
    const { ask } = await issuer();
    expect(await ask()).toEqual({ kind: 'anonymous' });
  });

  it('is refused when it is forged, of another scheme or no token', async () => {
    const { token, ask } = await issuer();
    const stranger = await issuer();
    const refused = [
      `Bearer ${stranger.token}`,
      `Basic ${token}`,
      'Bearer nonsense',
      'Bearer',
      token,
    ];
    for (const authorization of refused) {
      await expect(ask(authorization), authorization).rejects.toThrow();
    }
  });
});
