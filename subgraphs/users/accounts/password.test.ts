import type { Identity } from '@waybill/kernel/identity.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { describe, expect, it } from 'vitest';
import { takeCode, takeMails } from '../testing/mail.js';
import { logIn, refresh } from '../testing/sessions.js';
import { openUsers, PASSWORD, type TestUsers } from '../testing/users.js';

const NEW = 'another battery';

async function ask(users: TestUsers, mutation: string, input: object, as?: Identity) {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await users.run(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { done retryAt userErrors { code field } } }`,
    as,
    { input },
  );
  return answer[mutation];
}

const codeOf = ({ userErrors }: { userErrors: Array<{ code: string }> }) => userErrors[0]?.code;

async function canLogIn(users: TestUsers, password: string): Promise<boolean> {
  const { logIn } = await users.run(
    `mutation { logIn(input: { email: "ada@example.com", password: "${password}" }) { accessToken } }`,
  );
  return logIn.accessToken !== null;
}

async function openAda() {
  const users = await openUsers();
  await users.person('ada');
  return { users, session: await logIn(users, 'ada') };
}

describe('a forgotten password', () => {
  const request = (users: TestUsers, email = 'ada@example.com') =>
    ask(users, 'requestPasswordReset', { email });

  it('is replaced by the code in the mail; every session ends, and wrong passwords are forgiven', async () => {
    const { users, session } = await openAda();
    for (let i = 0; i < 10; i += 1) await canLogIn(users, 'guess');
    expect(await canLogIn(users, PASSWORD)).toBe(false);
    await request(users);
    const [mail] = await takeMails(users);
    expect(mail).toMatchObject({ kind: 'RESET_PASSWORD', to: 'ada@example.com' });
    const input = { token: mail?.token, newPassword: NEW };
    expect(await ask(users, 'resetPassword', input)).toMatchObject({ done: true, userErrors: [] });

    expect(await canLogIn(users, NEW)).toBe(true);
    expect(await canLogIn(users, PASSWORD)).toBe(false);
    expect((await refresh(users, session.refreshToken)).accessToken).toBeNull();
    expect(await takeMails(users)).toMatchObject([{ kind: 'PASSWORD_CHANGED' }]);
    expect(codeOf(await ask(users, 'resetPassword', input))).toBe('INVALID_TOKEN');
  });

  it('is answered and done the same for an email that nobody has, which gets no mail', async () => {
    const { users } = await openAda();
    const known = await request(users);
    expect(await request(users, 'nobody@example.com')).toEqual(known);
    expect(await takeMails(users)).toHaveLength(1);
    expect(await users.sql('select email from account_mails where user_id is null')).toEqual([
      { email: null },
    ]);
  });

  it('costs the same statements whoever has the email', async () => {
    const { users } = await openAda();
    const known = await statementsOf(() => request(users));
    expect(known).toContain('mails.request');
    expect(await statementsOf(() => request(users, 'nobody@example.com'))).toEqual(known);
  });

  it('has one good code at a time: a used one voids the others', async () => {
    const { users } = await openAda();
    await request(users);
    const first = await takeCode(users);
    await request(users);
    const second = await takeCode(users);
    const reset = (token: string) => ask(users, 'resetPassword', { token, newPassword: NEW });
    expect((await reset(second)).done).toBe(true);
    expect(codeOf(await reset(first))).toBe('INVALID_TOKEN');
  });

  it('is used by one of many who come with its code at once', async () => {
    const { users } = await openAda();
    await request(users);
    const token = await takeCode(users);
    const all = Array.from({ length: 5 }, (_, i) =>
      ask(users, 'resetPassword', { token, newPassword: `password ${i}` }),
    );
    expect((await Promise.all(all)).filter(({ done }) => done)).toHaveLength(1);
  });

  it('fills nobody’s mailbox', async () => {
    const { users } = await openAda();
    const codes = [];
    for (let i = 0; i < 6; i += 1) codes.push(codeOf(await request(users)));
    expect(codes).toEqual([...Array(5).fill(undefined), 'TOO_MANY_ATTEMPTS']);
    expect(await takeMails(users)).toHaveLength(5);
  });
});

describe('changing a password', () => {
  it('keeps the session that asks and ends the others', async () => {
    const { users, session } = await openAda();
    const other = await logIn(users, 'ada');
    const input = { currentPassword: PASSWORD, newPassword: NEW };
    const changed = await ask(users, 'changePassword', input, session.identity);
    expect(changed).toMatchObject({ done: true, userErrors: [] });
    expect(await canLogIn(users, NEW)).toBe(true);
    expect((await refresh(users, session.refreshToken)).accessToken).not.toBeNull();
    expect((await refresh(users, other.refreshToken)).accessToken).toBeNull();
    expect(await takeMails(users)).toMatchObject([
      { kind: 'PASSWORD_CHANGED', to: 'ada@example.com' },
    ]);
  });

  it('needs the password so far, and counts wrong ones', async () => {
    const { users, session } = await openAda();
    const guess = (currentPassword: string) =>
      ask(users, 'changePassword', { currentPassword, newPassword: NEW }, session.identity);
    const codes = [];
    for (let i = 0; i < 11; i += 1) codes.push(codeOf(await guess(`guess ${i}`)));
    expect(codes).toEqual([...Array(10).fill('INVALID_CREDENTIALS'), 'TOO_MANY_ATTEMPTS']);
    expect(await guess(PASSWORD)).toMatchObject({ done: false, retryAt: expect.any(String) });
  });

  it('takes no weak one', async () => {
    const { users, session } = await openAda();
    const input = { currentPassword: PASSWORD, newPassword: 'short' };
    expect(await ask(users, 'changePassword', input, session.identity)).toMatchObject({
      userErrors: [{ code: 'PASSWORD_TOO_SHORT', field: ['newPassword'] }],
    });
  });
});
