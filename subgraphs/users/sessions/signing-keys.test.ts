import { type Database, openDatabase } from '@waybill/kernel/database.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect, it, onTestFinished } from 'vitest';
import { createUsersSubgraph } from '../index.js';
import { Sessions } from '../migrations/20261121-sessions.js';
import { CreateUsers } from '../migrations/create-users.js';
import { SigningKeyTable } from '../tables.js';
import { IDLE } from '../testing/users.js';
import { openSigningKeys } from './signing-keys.js';

const DAY = 86_400;
const ROTATION = { keyTtlSeconds: 30 * DAY, tokenTtlSeconds: 900 };

async function openKeys() {
  const db = await openDatabase({
    url: await testDatabase(),
    entities: [SigningKeyTable],
    migrations: [
      { name: 'create-users', class: CreateUsers },
      { name: '20261121-sessions', class: Sessions },
    ],
  });
  onTestFinished(db.close);
  return db;
}

/** As if so many seconds had gone by. */
async function age({ query }: Database, seconds: number): Promise<void> {
  const earlier = 'signs_from = signs_from - make_interval(secs => $1)';
  await query('test.age', `update signing_keys set ${earlier}`, [seconds]);
}

/** What a process that starts now signs with and publishes. */
async function look(db: Database) {
  const keys = await openSigningKeys(db, ROTATION);
  const { kid } = await keys.current();
  const published = (await keys.published()).keys.map((key) => key.kid);
  return { kid, published };
}

it('publishes the public half of a key only', async () => {
  const keys = await openSigningKeys(await openKeys(), ROTATION);
  const { kid } = await keys.current();
  const x = expect.any(String);
  const published = { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid, x };
  expect(await keys.published()).toEqual({ keys: [published] });
});

it('publishes the next key an hour before it signs, and the old one until its last token has expired', async () => {
  const db = await openKeys();
  const first = await look(db);
  expect(first.published).toEqual([first.kid]);

  await age(db, 30 * DAY - 3601);
  expect((await look(db)).published).toEqual([first.kid]);

  await age(db, 2);
  const ahead = await look(db);
  expect(ahead.kid).toBe(first.kid);
  expect(ahead.published).toHaveLength(2);

  await age(db, 3601);
  const second = await look(db);
  expect(second.kid).not.toBe(first.kid);
  expect(ahead.published).toContain(second.kid);
  expect(second.published.toSorted()).toEqual(ahead.published.toSorted());

  await age(db, 1200);
  expect(await look(db)).toEqual({ kid: second.kid, published: [second.kid] });
});

it('makes one key, however many look for it at the same moment', async () => {
  const db = await openKeys();
  // Connections first: who must wait for one does not look at the same moment.
  await Promise.all(Array.from({ length: 8 }, () => db.ready()));
  await Promise.all(Array.from({ length: 8 }, () => openSigningKeys(db, ROTATION)));
  expect(await db.em().count(SigningKeyTable)).toBe(1);
});

it('has one key when many processes start on an empty database, and keeps it', async () => {
  const databaseUrl = await testDatabase();
  const open = () => createUsersSubgraph({ databaseUrl, ...IDLE });
  const processes = await Promise.all([open(), open(), open(), open()]);
  const [first, ...others] = await Promise.all(processes.map((users) => users.jwks()));
  await Promise.all(processes.map((users) => users.close()));
  expect(first?.keys).toHaveLength(1);
  for (const jwks of others) expect(jwks).toEqual(first);

  const later = await open();
  expect(await later.jwks()).toEqual(first);
  await later.close();
});
