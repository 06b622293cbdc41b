import { expect, it } from 'vitest';
import { errorCode, openUsers, PASSWORD } from './testing/users.js';

const LOG_IN = `mutation LogIn($email: String!, $password: String!) {
  logIn(input: { email: $email, password: $password }) {
    user { email roles }
    accessToken
    expiresAt
    userErrors { code field message }
  }
}`;

it('answers a token for the right password, whatever the case of the email', async () => {
  const { run, person } = await openUsers();
  await person('ada');
  const { logIn } = await run(LOG_IN, undefined, { email: ' ADA@example.com', password: PASSWORD });
  expect(logIn).toMatchObject({
    user: { email: 'ada@example.com', roles: ['CUSTOMER'] },
    userErrors: [],
  });
  expect(logIn.accessToken.split('.')).toHaveLength(3);
});
