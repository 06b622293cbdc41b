import { newId } from '@waybill/kernel/ids.js';
import { tokenVerifier } from '@waybill/kernel/token-verifier.js';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@waybill/schema/front-door.js';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect, it } from 'vitest';
import { openUsers, PASSWORD } from './testing/users.js';

const LOG_IN = `mutation {
  logIn(input: { email: "ada@example.com", password: "${PASSWORD}" }) { accessToken }
}`;

it('issues tokens that the published keys verify', async () => {
  const { run, person, subgraph } = await openUsers();
  const ada = await person('ada', 'CUSTOMER', 'STAFF');
  const { logIn } = await run(LOG_IN);
  const trusted = { issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE };
  const verify = tokenVerifier({ jwks: subgraph.jwks, ...trusted });
  expect(await verify(logIn.accessToken)).toMatchObject({ identity: ada });
});

it('says in each token to which realms somebody is confined', async () => {
  const { run, person, sql, subgraph } = await openUsers();
  const ada = await person('ada', 'STAFF');
  const realm = newId();
  await sql(`update users set storefront_ids = '{${realm}}'`);
  const { logIn } = await run(LOG_IN);
  const trusted = { issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE };
  const { identity } = await tokenVerifier({ jwks: subgraph.jwks, ...trusted })(logIn.accessToken);
  expect(identity).toMatchObject({ userId: ada.userId, realms: [realm] });
});

it('says in each token which session it is of, what it is for, and its own name', async () => {
  const { run, person } = await openUsers({ tokenTtlSeconds: 300 });
  await person('ada');
  const [first, second] = [await run(LOG_IN), await run(LOG_IN)].map(({ logIn }) => {
    expect(decodeProtectedHeader(logIn.accessToken)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
    return decodeJwt(logIn.accessToken);
  });
  expect(Number(first?.exp) - Number(first?.iat)).toBe(300);
  expect(first).toMatchObject({ iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, roles: ['CUSTOMER'] });
  expect(first?.sid).toEqual(expect.any(String));
  expect(first?.sid).not.toBe(second?.sid);
  expect(first?.jti).not.toBe(second?.jti);
});
