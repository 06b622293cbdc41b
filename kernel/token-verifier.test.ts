import {
  CompactSign,
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { describe, expect, it } from 'vitest';
import { newId } from './ids.js';
import { tokenVerifier } from './token-verifier.js';

const HOUR = 3600;
const ISSUED = 1_800_000_000;
const userId = newId();

interface Key {
  jwk: JWK & { kid: string };
  privateKey: CryptoKey;
}

async function newKey(): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const jwk = await exportJWK(publicKey);
  return { privateKey, jwk: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA' } };
}

/** An issuer with one key, a verifier that trusts it, and a clock that stands still until it is turned. */
async function setUp({ remember }: { remember?: number } = {}) {
  const key = await newKey();
  const published = [key.jwk];
  const state = { now: ISSUED * 1000, fetches: 0, issuerIsDown: false };
  const verify = tokenVerifier({
    jwks: async () => {
      state.fetches += 1;
      if (state.issuerIsDown) throw new Error('connection refused');
      return { keys: [...published] };
    },
    issuer: 'waybill',
    audience: 'waybill',
    remember,
    now: () => state.now,
  });
  return { key, published, state, verify };
}

const GOOD: JWTPayload = {
  sub: userId,
  iss: 'waybill',
  aud: 'waybill',
  iat: ISSUED,
  exp: ISSUED + HOUR,
  roles: ['CUSTOMER'],
};

function sign(
  key: Key,
  claims: JWTPayload = {},
  header: { kid?: string; typ?: string } = { kid: key.jwk.kid },
) {
  const jwt = new SignJWT({ ...GOOD, ...claims });
  return jwt.setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...header }).sign(key.privateKey);
}

const encode = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');
const unauthenticated = { extensions: { code: 'UNAUTHENTICATED' } };

describe('a good token', () => {
  it('says who sends it', async () => {
    const { key, verify } = await setUp();
    const identity = { kind: 'user', userId, roles: ['STAFF', 'ADMIN'] };
    expect(await verify(await sign(key, { roles: ['STAFF', 'ADMIN'] }))).toEqual({
      identity,
      expiresAt: (ISSUED + HOUR) * 1000,
    });
  });

  it('says of which session it is, and its own name', async () => {
    const { key, verify } = await setUp();
    expect(await verify(await sign(key, { sid: 's-1', jti: 't-1' }))).toMatchObject({
      identity: { kind: 'user', userId, sessionId: 's-1' },
      tokenId: 't-1',
    });
  });

  it('is verified once and recognized afterwards', async () => {
    const { key, verify } = await setUp();
    const token = await sign(key);
    expect(await verify(token)).toBe(await verify(token));
  });

  it('is refused from the second in which it expires, though it was recognized before', async () => {
    const { key, verify, state } = await setUp();
    const token = await sign(key);
    state.now += HOUR * 1000 - 1;
    await verify(token);
    state.now += 1;
    await expect(verify(token)).rejects.toMatchObject(unauthenticated);
  });

  it('that is in use stays recognized when there are too many to remember', async () => {
    const { key, verify } = await setUp({ remember: 2 });
    const tokens = await Promise.all(['a', 'b', 'c'].map((jti) => sign(key, { jti })));
    const [used = '', idle = '', another = ''] = tokens;
    const [first, second] = [await verify(used), await verify(idle)];
    await verify(used);
    await verify(another);
    expect(await verify(used)).toBe(first);
    expect(await verify(idle)).not.toBe(second);
  });
});

describe('a forged token', () => {
  it.each<[string, JWTPayload]>([
    ['another issuer', { iss: 'elsewhere' }],
    ['another audience', { aud: 'elsewhere' }],
    ['no issuer', { iss: undefined }],
    ['no audience', { aud: undefined }],
    ['no expiry', { exp: undefined }],
    ['no time of issue', { iat: undefined }],
    ['no subject', { sub: undefined }],
    ['an empty session', { sid: '' }],
    ['a session that is no text', { sid: 7 }],
    ['realms that are no list', { realms: 'all' }],
    ['a realm that is no id', { realms: ['all'] }],
    ['an expiry in the past', { exp: ISSUED - 1 }],
    ['a start in the future', { nbf: ISSUED + 60 }],
    ['a subject that is no user', { sub: 'admin' }],
    ['no roles', { roles: undefined }],
    ['a role that does not exist', { roles: ['CUSTOMER', 'ROOT'] }],
    ['roles that are no list', { roles: 'ADMIN' }],
  ])('with %s is refused', async (_, claims) => {
    const { key, verify } = await setUp();
    await expect(verify(await sign(key, claims))).rejects.toMatchObject(unauthenticated);
  });

  it('with alg none is refused', async () => {
    const { key, verify } = await setUp();
    const unsigned = `${encode({ alg: 'none', kid: key.jwk.kid })}.${encode(GOOD)}`;
    await expect(verify(`${unsigned}.`)).rejects.toMatchObject(unauthenticated);
    await expect(verify(`${unsigned}.AAAA`)).rejects.toMatchObject(unauthenticated);
  });

  it('signed by HS256 with the public key as the secret is refused', async () => {
    const { key, verify } = await setUp();
    const header = { alg: 'HS256', typ: 'at+jwt', kid: key.jwk.kid };
    for (const secret of [key.jwk.x ?? '', JSON.stringify(key.jwk)]) {
      const jwt = new SignJWT(GOOD).setProtectedHeader(header);
      const token = await jwt.sign(new TextEncoder().encode(secret.padEnd(32)));
      await expect(verify(token)).rejects.toMatchObject(unauthenticated);
    }
  });

  it('of another algorithm is refused, also when the issuer publishes a key for it', async () => {
    const { verify, published } = await setUp();
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    published.push({ ...(await exportJWK(publicKey)), kid: 'es256' });
    const jwt = new SignJWT(GOOD).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'es256' });
    await expect(verify(await jwt.sign(privateKey))).rejects.toMatchObject(unauthenticated);
  });

  it('signed by another key under the name of ours, or with its own key inside, is refused', async () => {
    const { key, verify } = await setUp();
    const theirs = await newKey();
    const { kid } = key.jwk;
    await expect(verify(await sign(theirs, {}, { kid }))).rejects.toMatchObject(unauthenticated);
    const header = { alg: 'EdDSA', typ: 'at+jwt', kid: theirs.jwk.kid, jwk: theirs.jwk };
    const embedded = await new SignJWT(GOOD).setProtectedHeader(header).sign(theirs.privateKey);
    await expect(verify(embedded)).rejects.toMatchObject(unauthenticated);
  });

  it('of another type is refused: an ID token is for somebody else', async () => {
    const { key, verify } = await setUp();
    for (const typ of ['JWT', 'id+jwt', undefined]) {
      const token = await sign(key, {}, { kid: key.jwk.kid, typ } as { kid: string });
      await expect(verify(token)).rejects.toMatchObject(unauthenticated);
    }
  });

  it('that says a thing twice is refused', async () => {
    const { key, verify } = await setUp();
    const twice = JSON.stringify(GOOD).replace('{', '{"roles":["ADMIN"],');
    const token = await new CompactSign(Buffer.from(twice))
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: key.jwk.kid })
      .sign(key.privateKey);
    await expect(verify(token)).rejects.toMatchObject(unauthenticated);
  });

  it('without the name of its key is refused', async () => {
    const { key, verify } = await setUp();
    await expect(verify(await sign(key, {}, {}))).rejects.toMatchObject(unauthenticated);
  });

  it('whose claims were changed after signing is refused', async () => {
    const { key, verify } = await setUp();
    const [header, , signature] = (await sign(key)).split('.');
    const changed = `${header}.${encode({ ...GOOD, roles: ['ADMIN'] })}.${signature}`;
    await expect(verify(changed)).rejects.toMatchObject(unauthenticated);
  });
});

describe('another spelling of a good token', () => {
  it('is refused, whichever bits of the encoding it plays with', async () => {
    const { key, verify } = await setUp();
    const token = await sign(key);
    await verify(token);
    const stray = lastCharacterChanged(token);
    expect(Buffer.from(stray.split('.')[2] ?? '', 'base64url')).toEqual(
      Buffer.from(token.split('.')[2] ?? '', 'base64url'),
    );
    const spellings = [stray, `${token}=`, `${token}==`, ` ${token}`, `${token}\n`, `${token}.`];
    for (const other of [...spellings, token.replace('.', '=.'), token.replace('.', '..')]) {
      await expect(verify(other)).rejects.toMatchObject(unauthenticated);
    }
  });

  it('is no token at all when it is empty, short or endless', async () => {
    const { verify, state } = await setUp();
    for (const text of ['', '.', '..', 'a.b.c', 'Bearer', 'A'.repeat(1_000_000), '💥.💥.💥']) {
      await expect(verify(text)).rejects.toMatchObject(unauthenticated);
    }
    expect(state.fetches).toBe(0);
  });
});

/** 64 bytes are 86 characters of base64url, the last of which has 4 bits that mean nothing. */
function lastCharacterChanged(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.slice(-1)) + 1];
}

describe('the keys', () => {
  it('are fetched once for many tokens at once', async () => {
    const { key, verify, state } = await setUp();
    const tokens = await Promise.all([1, 2, 3].map((jti) => sign(key, { jti: String(jti) })));
    await Promise.all(tokens.map(verify));
    expect(state.fetches).toBe(1);
  });

  it('are fetched again for a key that is new, at most once in ten seconds', async () => {
    const { key, verify, state, published } = await setUp();
    await verify(await sign(key));
    const next = await newKey();
    published.push(next.jwk);
    const token = await sign(next);

    state.now += 9_999;
    await expect(verify(token)).rejects.toMatchObject(unauthenticated);
    expect(state.fetches).toBe(1);

    state.now += 1;
    await verify(token);
    const invented = await newKey();
    for (let i = 0; i < 5; i++) {
      const claims = { jti: String(i) };
      await expect(verify(await sign(invented, claims))).rejects.toMatchObject(unauthenticated);
    }
    expect(state.fetches).toBe(2);
  });

  it('that cannot be fetched are not the fault of the token', async () => {
    const { key, verify, state } = await setUp();
    const token = await sign(key);
    state.issuerIsDown = true;
    await expect(verify(token)).rejects.toThrow('connection refused');
    state.issuerIsDown = false;
    expect(await verify(token)).toMatchObject({ identity: { userId } });
  });
});
