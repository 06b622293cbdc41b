import type { Database, EntityManager, Query } from '@waybill/kernel/database.js';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
} from 'jose';
import { SigningKeyTable } from '../tables.js';

export interface KeyRotation {
  /** Seconds for which a key signs before the next one takes over. */
  keyTtlSeconds: number;
  /** Seconds for which tokens live: a key that signs no more is published as long as its last token. */
  tokenTtlSeconds: number;
}

export interface SigningKey {
  kid: string;
  key: CryptoKey | Uint8Array;
}

export interface SigningKeys {
  /** The key that signs now. */
  current(): Promise<SigningKey>;
  /** Every public key against which a token may have to be checked (RFC 7517). */
  published(): Promise<JSONWebKeySet>;
}

/** Any number: the name of the lock under which keys are made. */
const KEY_LOCK = 7_240_002;

/** Seconds for which a key is published before it signs: whoever caches our keys has it by then. */
const PUBLISH_AHEAD = 3600;

/** Seconds beyond the life of a token for which its key is published, for clocks that disagree. */
const MARGIN = 300;

/** Milliseconds between looks for a newer key. */
const RELOAD_MS = 60_000;

/** Keys that all processes of this context share; by age one follows the other, and each process finds out by itself. */
export async function openSigningKeys(db: Database, rotation: KeyRotation): Promise<SigningKeys> {
  let loaded = await load(db, rotation);
  let reloading: Promise<unknown> | undefined;
  const reload = async () => {
    loaded = await load(db, rotation);
  };
  return {
    current: async () => {
      if (Date.now() - loaded.at > RELOAD_MS) {
        reloading ??= reload().finally(() => {
          reloading = undefined;
        });
        await reloading;
      }
      return loaded;
    },
    published: () => published(db.query),
  };
}

async function load(db: Database, rotation: KeyRotation): Promise<SigningKey & { at: number }> {
  await db.em().transactional((em) => rotateKeys(em, rotation));
  const [row] = await db.query<{ kid: string; privateJwk: JWK }>(
    'users.signingKey',
    `select kid, private_jwk as "privateJwk" from signing_keys
     where signs_from <= now() order by signs_from desc limit 1`,
  );
  if (!row) throw new Error('there is no key to sign with');
  return { kid: row.kid, key: await importJWK(row.privateJwk, 'EdDSA'), at: Date.now() };
}

async function published(query: Query): Promise<JSONWebKeySet> {
  const keys = await query<{ publicJwk: JWK }>(
    'users.publicKeys',
    'select public_jwk as "publicJwk" from signing_keys order by signs_from desc',
  );
  return { keys: keys.map(({ publicJwk }) => publicJwk) };
}

/** Processes that look at the same moment wait for each other: the first makes the key, the others find it. */
async function rotateKeys(em: EntityManager, rotation: KeyRotation): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(?)', [KEY_LOCK]);
  const signsFrom = await nextStart(em, rotation);
  if (signsFrom) em.create(SigningKeyTable, { ...(await newKey()), signsFrom });
  // A key is done when the one after it has signed for longer than tokens live.
  await em.execute(
    `delete from signing_keys old where exists (select 1 from signing_keys next
       where next.signs_from > old.signs_from
         and next.signs_from < now() - make_interval(secs => ?))`,
    [rotation.tokenTtlSeconds + MARGIN],
  );
}

/** When a key that is made now begins to sign: the first at once; null where none is due. */
async function nextStart(em: EntityManager, { keyTtlSeconds }: KeyRotation): Promise<Date | null> {
  const ahead = Math.min(PUBLISH_AHEAD, keyTtlSeconds);
  const [next] = await em.execute<Array<{ signsFrom: string | null }>>(
    `select case
       when max(signs_from) is null then now()
       when max(signs_from) <= now() - make_interval(secs => ?) then now() + make_interval(secs => ?)
     end as "signsFrom" from signing_keys`,
    [keyTtlSeconds - ahead, ahead],
  );
  return next?.signsFrom ? new Date(next.signsFrom) : null;
}

async function newKey() {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const privateJwk = await exportJWK(pair.privateKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return { kid, privateJwk, publicJwk: { ...publicJwk, kid, alg: 'EdDSA', use: 'sig' } };
}
