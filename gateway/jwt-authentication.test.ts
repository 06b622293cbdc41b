import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type JwtAuthenticationOptions, jwtAuthentication } from './jwt-authentication.js';
import { AUDIENCE, ISSUER, servedIssuer } from './testing/issuer.js';

let issuer: Awaited<ReturnType<typeof servedIssuer>>;
beforeAll(async () => {
  issuer = await servedIssuer();
});
afterAll(() => issuer.close());

function authenticate(token: string | undefined, options: Partial<JwtAuthenticationOptions> = {}) {
  const check = jwtAuthentication({
    ...{ jwks: issuer.jwks, issuer: ISSUER, audience: AUDIENCE },
    ...options,
  });
  return check(token === undefined ? {} : { authorization: token });
}

const REFUSED = { code: 'UNAUTHENTICATED' };
const past = Math.floor(Date.now() / 1000) - 1;

describe('a bearer token', () => {
  it('says who asks, and until when', async () => {
    const exp = Math.floor(Date.now() / 1000) + 30;
    expect(await authenticate(`Bearer ${await issuer.token({ exp })}`)).toEqual({
      identity: { kind: 'user', userId: 'ada', roles: [] },
      expiresAt: exp * 1000,
    });
  });

  it('is needed, unless anonymous callers are let in', async () => {
    await expect(authenticate(undefined)).rejects.toMatchObject(REFUSED);
    expect(await authenticate(undefined, { allowAnonymous: true })).toEqual({ kind: 'anonymous' });
    await expect(authenticate('Bearer x', { allowAnonymous: true })).rejects.toMatchObject(REFUSED);
    await expect(authenticate('Basic eA==')).rejects.toMatchObject(REFUSED);
  });

  it.each([
    ['is over', { exp: past }],
    ['never ends', { exp: undefined }],
    ['is nobody’s', { sub: undefined }],
    ['is of another issuer', { iss: 'https://other.example/' }],
    ['is for another audience', { aud: 'other' }],
    ['is not valid yet', { nbf: past + 60 }],
  ])('that %s is refused', async (_what, claims) => {
    await expect(authenticate(`Bearer ${await issuer.token(claims)}`)).rejects.toMatchObject(
      REFUSED,
    );
  });

  it('that somebody else signed is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await issuer.token({}, privateKey);
    await expect(authenticate(`Bearer ${forged}`)).rejects.toMatchObject(REFUSED);
  });

  it('that is signed with the public key as a shared secret, or not at all, is refused', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(issuer.jwk));
    const [, payload] = (await issuer.token()).split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    for (const token of [await issuer.token({}, secret, 'HS256'), unsigned]) {
      await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject(REFUSED);
    }
  });

  it.each(['at+jwt', 'application/at+jwt', 'JWT'])('may say that it is %s', async (typ) => {
    const token = await issuer.token({}, undefined, undefined, typ);
    expect(await authenticate(`Bearer ${token}`)).toMatchObject({ identity: { userId: 'ada' } });
  });

  it.each(['id+jwt', 'logout+jwt', 'secevent+jwt'])('that is %s is refused', async (typ) => {
    const token = await issuer.token({}, undefined, undefined, typ);
    await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject(REFUSED);
  });

  it('has one spelling', async () => {
    await expect(authenticate(`Bearer ${await issuer.token()}=`)).rejects.toMatchObject(REFUSED);
  });

  it('means whom the options say, who are asked once', async () => {
    let asked = 0;
    const check = jwtAuthentication({
      jwks: issuer.jwks,
      identify: async ({ sub, roles }) => {
        asked += 1;
        return { kind: 'user', userId: `user of ${sub}`, roles: roles as [] };
      },
    });
    const authorization = `Bearer ${await issuer.token({ roles: ['STAFF'] })}`;
    for (const _time of [1, 2]) {
      const { identity } = (await check({ authorization })) as { identity: unknown };
      expect(identity).toEqual({ kind: 'user', userId: 'user of ada', roles: ['STAFF'] });
    }
    expect(asked).toBe(1);
  });

  it('is verified once', async () => {
    const check = jwtAuthentication({ jwks: issuer.jwks });
    const authorization = `Bearer ${await issuer.token()}`;
    expect(await check({ authorization })).toBe(await check({ authorization }));
  });
});

it('logs nobody out when the keys cannot be had', async () => {
  const broken = await servedIssuer();
  onTestFinished(async () => void (await broken.close()));
  broken.state.status = 503;
  const check = jwtAuthentication({ jwks: broken.jwks });
  const authorization = `Bearer ${await broken.token()}`;
  await expect(check({ authorization })).rejects.toThrow('Expected 200 OK');
  broken.state.status = 200;
  expect(await check({ authorization })).toMatchObject({ identity: { userId: 'ada' } });
});

describe('an issuer', () => {
  it('says where its keys are', async () => {
    const check = jwtAuthentication({ issuer: issuer.address });
    const authorization = `Bearer ${await issuer.token({ iss: issuer.address })}`;
    expect(await check({ authorization })).toMatchObject({ identity: { userId: 'ada' } });
  });

  it('that speaks for another is not believed, and asked again', async () => {
    const other = await servedIssuer();
    onTestFinished(async () => void (await other.close()));
    other.state.named = issuer.address;
    const check = jwtAuthentication({ issuer: other.address });
    const authorization = `Bearer ${await other.token({ iss: other.address })}`;
    await expect(check({ authorization })).rejects.toThrow(/speaks for/);
    other.state.named = other.address;
    expect(await check({ authorization })).toMatchObject({ identity: { userId: 'ada' } });
  });

  it('or the address of its keys must be given', () => {
    expect(() => jwtAuthentication({})).toThrow(TypeError);
  });
});
