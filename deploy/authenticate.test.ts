import { createGateway } from '@waybill/gateway/index.js';
import { acknowledgedSocket } from '@waybill/gateway/testing/raw-socket.js';
import { ReviewFeed, reviews } from '@waybill/gateway/testing/reviews.js';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bearerAuthentication } from './authenticate.js';

const USER = '0190c3a0-0000-7000-8000-000000000001';

/** `expires` is a time in seconds since the epoch, or from now on in words. */
async function issuer(expires: number | string = '1h') {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' };
  const authenticate = bearerAuthentication({
    jwks: async () => ({ keys: [jwk] }),
    issuer: 'waybill',
    audience: 'waybill',
  });
  const token = await new SignJWT({ roles: ['STAFF'] })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'one' })
    .setSubject(USER)
    .setIssuer('waybill')
    .setAudience('waybill')
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(privateKey);
  const ask = async (authorization?: string) =>
    authenticate(authorization === undefined ? {} : { authorization });
  return { token, ask, authenticate };
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

it('a subscription ends with its token', async () => {
  const inTwoSeconds = Math.floor(Date.now() / 1000) + 2;
  const { token, authenticate } = await issuer(inTwoSeconds);
  const feed = new ReviewFeed();
  const gateway = await createGateway({ schema: reviews(feed).schema, authenticate });
  onTestFinished(() => gateway.close());
  const { url } = await gateway.listen(0);
  const raw = await acknowledgedSocket(url, { Authorization: `Bearer ${token}` });
  raw.subscribe('1', 'subscription { reviewAdded { id } }');
  await expect.poll(() => feed.open.size).toBe(1);
  expect(await raw.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  expect(Date.now()).toBeGreaterThanOrEqual(inTwoSeconds * 1000);
  await expect.poll(() => feed.open.size).toBe(0);
});
