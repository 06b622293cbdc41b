import { openDatabase } from '@waybill/kernel/database.js';
import { silentLog } from '@waybill/kernel/log.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { tokenVerifier } from '@waybill/kernel/token-verifier.js';
import { decodeProtectedHeader } from 'jose';
import { expect, it, onTestFinished } from 'vitest';
import { createUsersSubgraph, TOKEN_AUDIENCE, TOKEN_ISSUER } from './index.js';
import { CreateUsers } from './migrations/create-users.js';
import { SigningKeyTable } from './tables.js';
import { openUsers, PASSWORD } from './testing/users.js';
import { openTokens } from './tokens.js';

const LOG_IN = `mutation {
  logIn(input: { email: "ada@example.com", password: "${PASSWORD}" }) { accessToken }
}`;

const trusted = { issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE };

it('issues tokens that the published keys verify', async () => {
  const { run, person, subgraph } = await openUsers();
  const ada = await person('ada', 'CUSTOMER', 'MANAGER');
  const { logIn } = await run(LOG_IN);
  const verify = tokenVerifier({ jwks: subgraph.jwks, ...trusted });
  expect(await verify(logIn.accessToken)).toMatchObject({ identity: ada });
});

it('publishes the public half of the key only, named as in the tokens', async () => {
  const { run, person, subgraph } = await openUsers();
  await person('ada');
  const { logIn } = await run(LOG_IN);
  const { kid } = decodeProtectedHeader(logIn.accessToken);
  const x = expect.any(String);
  const published = { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid, x };
  expect(await subgraph.jwks()).toEqual({ keys: [published] });
});

it('makes one key, however many look for it at the same moment', async () => {
  const db = await openDatabase({
    url: await testDatabase(),
    entities: [SigningKeyTable],
    migrations: [{ name: 'create-users', class: CreateUsers }],
  });
  onTestFinished(db.close);
  // Connections first: who must wait for one does not look at the same moment.
  await Promise.all(Array.from({ length: 8 }, () => db.ready()));
  await Promise.all(Array.from({ length: 8 }, () => openTokens(db, 60)));
  expect(await db.em().count(SigningKeyTable)).toBe(1);
});

it('has one key when many processes start on an empty database, and keeps it', async () => {
  const databaseUrl = await testDatabase();
  const open = () => createUsersSubgraph({ databaseUrl, log: silentLog });
  const processes = await Promise.all([open(), open(), open(), open()]);
  const [first, ...others] = await Promise.all(processes.map((users) => users.jwks()));
  await Promise.all(processes.map((users) => users.close()));
  expect(first?.keys).toHaveLength(1);
  for (const jwks of others) expect(jwks).toEqual(first);

  const later = await open();
  expect(await later.jwks()).toEqual(first);
  await later.close();
});
