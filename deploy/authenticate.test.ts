import { UnauthenticatedError } from '@waybill/gateway/index.js';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { bearerAuthentication } from './authenticate.js';

const USER = '0190c3a0-0000-7000-8000-000000000001';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

async function issuer() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' };
  const authenticate = bearerAuthentication({
    keys: async () => ({ keys: [jwk] }),
    issuer: 'waybill',
    audience: 'waybill',
  });
  const token = (claims: JWTPayload = {}, expires: string | number = '1h') =>
    new SignJWT({ roles: ['STAFF'], ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'one' })
      .setSubject(USER)
      .setIssuer(claims.iss ?? 'waybill')
      .setAudience('waybill')
      .setExpirationTime(expires)
      .sign(privateKey);
  const ask = async (authorization?: string) =>
    authenticate(authorization === undefined ? {} : { authorization });
  return { token, ask };
}

describe('a bearer token', () => {
  it('says who asks, the second time as the first', async () => {
    const { token, ask } = await issuer();
    const authorization = `Bearer ${await token()}`;
    const identity = { kind: 'user', userId: USER, roles: ['STAFF'] };
    expect(await ask(authorization)).toEqual(identity);
    expect(await ask(authorization)).toEqual(identity);
  });

  it('is not needed by an anonymous caller', async () => {
    const { ask } = await issuer();
    expect(await ask()).toEqual({ kind: 'anonymous' });
  });

  it('gives no role that there is not', async () => {
    const { token, ask } = await issuer();
    expect(await ask(`Bearer ${await token({ roles: ['OWNER'] })}`)).toMatchObject({ roles: [] });
  });

  it('is refused when it is expired, foreign, forged or no token', async () => {
    const { token, ask } = await issuer();
    const stranger = await issuer();
    const good = await token();
    const refused = [
      `Bearer ${await token({}, Math.floor(Date.now() / 1000) - 60)}`,
      `Bearer ${await token({ iss: 'somebody else' })}`,
      `Bearer ${await stranger.token()}`,
      `Bearer ${good.slice(0, -8)}AAAAAAAA`,
      `Basic ${good}`,
      'Bearer nonsense',
    ];
    for (const authorization of refused) {
      await expect(ask(authorization)).rejects.toThrow(UnauthenticatedError);
    }
  });

  it('is refused in another spelling of the same bytes', async () => {
    const { token, ask } = await issuer();
    const good = await token();
    // The last character of 64 bytes in base64url carries four bits that nobody reads.
    const last = ALPHABET.indexOf(good.at(-1) ?? '');
    const respelled = good.slice(0, -1) + ALPHABET[last ^ 1];
    expect(Buffer.from(respelled.split('.')[2] ?? '', 'base64url')).toEqual(
      Buffer.from(good.split('.')[2] ?? '', 'base64url'),
    );
    await expect(ask(`Bearer ${respelled}`)).rejects.toThrow(UnauthenticatedError);
  });
});
