import { createHmac, randomUUID } from 'node:crypto';
import {
  CompactSign,
  type CryptoKey,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
} from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { client } from '../support/client.js';
import { CUSTOMER_PASSWORD, type Customer, logIn, openShop, type Shop } from '../support/shop.js';

let shop: Shop;
let victim: Customer;
/** A token that is good, its parts, and the key that signed it. */
let good: { token: string; header: object; claims: JWTPayload; key: CryptoKey; publicKey: JWK };

beforeAll(async () => {
  shop = await openShop();
  victim = await shop.customer();
  const token = await logIn(shop.nobody, { email: victim.email, password: CUSTOMER_PASSWORD });
  const header = decodeProtectedHeader(token);
  const database = new pg.Client(shop.databaseUrls.users);
  await database.connect();
  const { rows } = await database.query(
    'select private_jwk as "privateJwk", public_jwk as "publicKey" from signing_keys where kid = $1',
    [header.kid],
  );
  await database.end();
  const [{ privateJwk, publicKey }] = rows;
  const key = (await importJWK(privateJwk, 'EdDSA')) as CryptoKey;
  good = { token, header, claims: decodeJwt(token), key, publicKey };
});
afterAll(() => shop?.close());

const encode = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);

/** Signed with the right key, whatever it says. */
function signed(claims: object | string, header: object = {}, key = good.key): Promise<string> {
  const text = typeof claims === 'string' ? claims : JSON.stringify({ ...good.claims, ...claims });
  const all = { ...good.header, ...header } as { alg: string };
  return new CompactSign(Buffer.from(text)).setProtectedHeader(all).sign(key);
}

function unsigned(header: object, signature = ''): string {
  return `${encode({ ...good.header, ...header })}.${encode({ ...good.claims, roles: ['ADMIN'] })}.${signature}`;
}

function byHmac(secret: string): string {
  const text = unsigned({ alg: 'HS256' }).slice(0, -1);
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** Made by somebody who has a key pair of their own. */
async function byStranger(header: (publicKey: JWK) => object): Promise<string> {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const publicKey = { ...(await exportJWK(pair.publicKey)), kid: 'theirs', alg: 'EdDSA' };
  return signed({ roles: ['ADMIN'] }, header(publicKey), pair.privateKey);
}

/** The same bytes in another spelling: a stray bit that decoders leave out. */
function respelled(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(token.at(-1) ?? '');
  return token.slice(0, -1) + alphabet[last ^ 1];
}

const THEIRS = 'https://keys.attacker.example/jwks.json';

const FORGED: Array<[string, () => string | Promise<string>]> = [
  ['alg none', () => unsigned({ alg: 'none' })],
  ['alg None, and a signature', () => unsigned({ alg: 'None' }, good.token.split('.')[2])],
  ['HS256 with the public key as JSON', () => byHmac(JSON.stringify(good.publicKey))],
  ['HS256 with the bytes of the public key', () => byHmac(good.publicKey.x ?? '')],
  ['HS256 with the name of the key', () => byHmac(good.publicKey.kid ?? '')],
  ['claims that were changed', () => unsigned({}, good.token.split('.')[2])],
  ["a stranger's key under our name", () => byStranger(() => ({}))],
  ['a kid that nobody knows', () => byStranger(() => ({ kid: 'theirs' }))],
  ['a kid that is a path', () => byStranger(() => ({ kid: '../../../dev/null' }))],
  ['a kid that is SQL', () => byStranger(() => ({ kid: "' or '1'='1" }))],
  ['no kid', () => signed({}, { kid: undefined })],
  ['a jwk of its own', () => byStranger((jwk) => ({ jwk }))],
  ['a jku', () => byStranger(() => ({ jku: THEIRS, kid: 'theirs' }))],
  ['an x5u', () => byStranger(() => ({ x5u: THEIRS, kid: 'theirs' }))],
  ['an x5c', () => byStranger(() => ({ x5c: ['MIIB'] }))],
  ['a critical header', () => unsigned({ crit: ['b64'], b64: false }, good.token.split('.')[2])],
  ['an expiry in the past', () => signed({ exp: now() - 1 })],
  ['no expiry', () => signed({ exp: undefined })],
  ['an expiry that is no number', () => signed({ exp: '9999999999' })],
  ['a start in the future', () => signed({ nbf: now() + 600 })],
  ['a foreign audience', () => signed({ aud: 'elsewhere' })],
  ['a foreign issuer', () => signed({ iss: 'https://attacker.example' })],
  ['the type of an ID token', () => signed({}, { typ: 'JWT' })],
  ['claims that stand there twice', () => signed(twice())],
  ['a role that there is not', () => signed({ roles: ['ROOT'] })],
  ['a subject that is nobody', () => signed({ sub: 'admin' })],
  ['another spelling', () => respelled(good.token)],
  ['padding', () => `${good.token}=`],
  ['a part too many', () => `${good.token}.x`],
  ['line breaks', () => good.token.replace('.', '.%0A')],
];

const twice = () => JSON.stringify(good.claims).replace('{', '{"roles":["ADMIN"],');

const ME = '{ me { id roles } }';
const refused = [{ extensions: { code: 'UNAUTHENTICATED' } }];

describe('a token with', () => {
  it.each(FORGED)('%s is refused on each way in, and changes nothing', async (_, forge) => {
    const token = await forge();
    expect(token).not.toBe(good.token);
    const forger = client(shop.url, token);
    expect((await forger.answer(ME)).errors).toMatchObject(refused);
    const { errors } = await forger.answer(
      'mutation ($input: AssignRolesInput!) { assignRoles(input: $input) { user { id } } }',
      { input: { userId: victim.id, roles: ['ADMIN'] } },
    );
    expect(errors).toMatchObject(refused);
    const get = await fetch(`${shop.url}?query=${encodeURIComponent(ME)}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    expect(((await get.json()) as { errors: unknown }).errors).toMatchObject(refused);
    expect(await closeCode(token)).toBe(4403);
    expect(await victim.ask(ME)).toEqual({ me: { id: victim.id, roles: ['CUSTOMER'] } });
  });

  it('nothing wrong is accepted, signed in the same way', async () => {
    const token = await signed({ jti: randomUUID() });
    expect((await client(shop.url, token).answer(ME)).errors).toBe(undefined);
  });
});

/** With which code the gateway closes the WebSocket of whoever comes with this token. */
function closeCode(token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(shop.url.replace('http', 'ws'), 'graphql-transport-ws');
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { token } })),
    );
    socket.on('message', (data) => reject(new Error(`it was answered ${data}`)));
    socket.on('close', resolve);
    socket.on('error', reject);
  });
}
