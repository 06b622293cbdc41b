import { silentLog } from '@waybill/kernel/log.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { tokenVerifier } from '@waybill/kernel/token-verifier.js';
import { decodeProtectedHeader } from 'jose';
import { expect, it } from 'vitest';
import { createUsersSubgraph, TOKEN_AUDIENCE, TOKEN_ISSUER } from './index.js';
import { openUsers, PASSWORD } from './testing/users.js';

const LOG_IN = `mutation {
  logIn(input: { email: "ada@example.com", password: "${PASSWORD}" }) { accessToken }
}`;

const trusted = { issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE };

it('issues tokens that the published keys verify', async () => {
  const { run, person, subgraph } = await openUsers();
  const ada = await person('ada', 'CUSTOMER', 'PARTNER');
  const { logIn } = await run(LOG_IN);
  const verify = tokenVerifier({ jwks: subgraph.jwks, ...trusted });
  expect(await verify(logIn.accessToken)).toEqual(ada);
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

it('makes one key when many processes start on an empty database, and keeps it', async () => {
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
