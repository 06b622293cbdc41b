import { expect, it } from 'vitest';
import { openUsers, PASSWORD, type TestUsers } from './testing/users.js';

async function logIn({ run }: TestUsers, email: string, password: string) {
  const answer = await run(
    `mutation LogIn($input: LogInInput!) {
      logIn(input: $input) {
        user { email roles } accessToken expiresAt userErrors { code field message }
      }
    }`,
    undefined,
    { input: { email, password } },
  );
  return answer.logIn;
}

it('answers a token for the right password, whatever the case of the email', async () => {
  const users = await openUsers({ tokenTtlSeconds: 60 });
  await users.person('ada', 'STAFF', 'ADMIN');
  const before = Date.now();
  const session = await logIn(users, ' ADA@Example.com', PASSWORD);
  expect(session).toMatchObject({
    user: { email: 'ada@example.com', roles: ['STAFF', 'ADMIN'] },
    userErrors: [],
  });
  expect(session.accessToken.split('.')).toHaveLength(3);
  const seconds = (Date.parse(session.expiresAt) - before) / 1000;
  expect(seconds).toBeGreaterThan(58);
  expect(seconds).toBeLessThan(62);
});

it('says the same of a wrong password, an unknown email, no email and an imported customer', async () => {
  const users = await openUsers();
  const staff = await users.person('staff', 'STAFF');
  await users.run(
    `mutation { importCustomers(input: { customers: [{ externalId: "1", name: "One" }] }) { created } }`,
    staff,
  );
  const refused = await Promise.all([
    logIn(users, 'staff@example.com', 'wrong horse'),
    logIn(users, 'staff@example.com', ''),
    logIn(users, 'nobody@example.com', PASSWORD),
    logIn(users, '', PASSWORD),
    logIn(users, 'staff@example.com\u0000', PASSWORD),
  ]);
  const code = 'INVALID_CREDENTIALS';
  const userErrors = [{ code, field: null, message: 'Email or password is wrong.' }];
  for (const answer of refused) {
    expect(answer).toEqual({ user: null, accessToken: null, expiresAt: null, userErrors });
  }
});
