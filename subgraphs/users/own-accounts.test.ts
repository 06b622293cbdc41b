import { expect, it } from 'vitest';
import { openUsers } from './testing/users.js';

it('where an issuer keeps the accounts, nothing of ours changes them', async () => {
  const users = await openUsers({ accountsKeptElsewhere: true });
  const ada = await users.person('ada');
  const asked = {
    logIn: 'logIn(input: { email: "ada@example.com", password: "x" })',
    logOut: 'logOut(input: {})',
    requestPasswordReset: 'requestPasswordReset(input: { email: "ada@example.com" })',
    verifyEmail: 'verifyEmail(input: { token: "x" })',
    changeEmail: 'changeEmail(input: { newEmail: "eve@example.com", password: "x" })',
  };
  const mutations = Object.values(asked).map((mutation) => `${mutation} { userErrors { code } }`);
  const refused = { userErrors: [{ code: 'ACCOUNTS_KEPT_ELSEWHERE' }] };
  expect(await users.run(`mutation { ${mutations.join(' ')} }`, ada)).toEqual(
    Object.fromEntries(Object.keys(asked).map((name) => [name, refused])),
  );
});
