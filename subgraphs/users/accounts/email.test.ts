import type { Identity } from '@waybill/kernel/identity.js';
import { expect, it } from 'vitest';
import { takeCode, takeMails } from '../testing/mail.js';
import { logIn } from '../testing/sessions.js';
import { errorCode, openUsers, PASSWORD, type TestUsers } from '../testing/users.js';

const ME = '{ me { email emailVerified } }';
const DONE = { done: true, userErrors: [] };

async function register(users: TestUsers, email = 'ada@example.com') {
  const { register } = await users.run(
    `mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }`,
    undefined,
    { input: { email, name: 'Ada', password: PASSWORD } },
  );
  const userId = register.user.id.slice('User_'.length);
  return { kind: 'user', userId, roles: ['CUSTOMER'] } satisfies Identity;
}

/** What a mutation of accounts answers. */
async function ask(users: TestUsers, mutation: string, input: object, as?: Identity) {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await users.run(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { done userErrors { code field } } }`,
    as,
    { input },
  );
  return answer[mutation] ?? answer;
}

const codeOf = ({ userErrors }: { userErrors: Array<{ code: string }> }) => userErrors[0]?.code;

it('confirms an email by the code in the mail that registering sends, once', async () => {
  const users = await openUsers();
  const ada = await register(users);
  expect((await users.run(ME, ada)).me).toMatchObject({ emailVerified: false });
  const [mail, ...others] = await takeMails(users);
  expect(mail).toMatchObject({ kind: 'VERIFY_EMAIL', to: 'ada@example.com', name: 'Ada' });
  expect(others).toEqual([]);

  const token = mail?.token ?? '';
  expect(await ask(users, 'verifyEmail', { token })).toEqual(DONE);
  expect((await users.run(ME, ada)).me).toMatchObject({ emailVerified: true });
  expect(codeOf(await ask(users, 'verifyEmail', { token }))).toBe('INVALID_TOKEN');
});

it('takes no code that is wrong, too old, or for something else', async () => {
  const users = await openUsers();
  const ada = await register(users);
  const old = await takeCode(users);
  await users.sql(`update account_mails set token_expires_at = now()`);
  await ask(users, 'requestPasswordReset', { email: 'ada@example.com' });
  const reset = await takeCode(users);
  for (const token of ['', 'nonsense', '\u0000', old, reset]) {
    expect(codeOf(await ask(users, 'verifyEmail', { token }))).toBe('INVALID_TOKEN');
  }
  expect((await users.run(ME, ada)).me).toMatchObject({ emailVerified: false });
});

it('sends another code to whoever asks, and to nobody', async () => {
  const users = await openUsers();
  const ada = await register(users);
  await takeMails(users);
  expect(await ask(users, 'requestEmailVerification', {}, ada)).toEqual(DONE);
  expect(await ask(users, 'verifyEmail', { token: await takeCode(users) })).toEqual(DONE);
  expect(errorCode(await ask(users, 'requestEmailVerification', {}))).toBe('UNAUTHENTICATED');
});

it('changes an email when the new one has answered, and tells the old one', async () => {
  const users = await openUsers();
  await users.person('ada');
  const { identity: ada } = await logIn(users, 'ada');
  const input = { newEmail: 'Lovelace@example.com', password: PASSWORD };
  expect(await ask(users, 'changeEmail', input, ada)).toEqual(DONE);
  expect((await users.run(ME, ada)).me).toMatchObject({ email: 'ada@example.com' });

  const [mail] = await takeMails(users);
  expect(mail).toMatchObject({ kind: 'CHANGE_EMAIL', to: 'lovelace@example.com' });
  expect(await ask(users, 'verifyEmail', { token: mail?.token })).toEqual(DONE);
  expect((await users.run(ME, ada)).me).toEqual({
    email: 'lovelace@example.com',
    emailVerified: true,
  });
  expect(await takeMails(users)).toMatchObject([
    { kind: 'EMAIL_CHANGED', to: 'ada@example.com', token: null },
  ]);
});

it('does not say whether a new email is somebody’s until its owner has confirmed it', async () => {
  const users = await openUsers();
  await users.person('ada');
  await users.person('eve');
  const { identity: eve } = await logIn(users, 'eve');
  const input = { newEmail: 'ada@example.com', password: PASSWORD };
  expect(await ask(users, 'changeEmail', input, eve)).toEqual(DONE);
  const token = await takeCode(users);
  expect(codeOf(await ask(users, 'verifyEmail', { token }))).toBe('EMAIL_TAKEN');
});

it('changes no email without the password, and counts wrong ones', async () => {
  const users = await openUsers();
  await users.person('ada');
  const { identity: ada } = await logIn(users, 'ada');
  const guess = () =>
    ask(users, 'changeEmail', { newEmail: 'eve@example.com', password: 'guess' }, ada);
  const codes = [];
  for (let i = 0; i < 11; i += 1) codes.push(codeOf(await guess()));
  expect(codes).toEqual([...Array(10).fill('INVALID_CREDENTIALS'), 'TOO_MANY_ATTEMPTS']);
  expect(await takeMails(users)).toEqual([]);
});
