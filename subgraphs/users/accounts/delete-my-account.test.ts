import type { Identity } from '@waybill/kernel/identity.js';
import { expect, it } from 'vitest';
import { userIds } from '../graphql/user.js';
import { takeMails } from '../testing/mail.js';
import { logIn, refresh } from '../testing/sessions.js';
import { errorCode, openUsers, PASSWORD, STOREFRONTS, type TestUsers } from '../testing/users.js';

const DELETE = `mutation ($password: String!) {
  deleteMyAccount(input: { password: $password }) { done userErrors { code field } }
}`;

async function everything(users: TestUsers): Promise<string> {
  const tables = await users.sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => users.sql(`select t::text from "${name}" t`)),
  );
  return JSON.stringify(rows);
}

it('leaves nothing of the person but a row that orders refer to', async () => {
  const users = await openUsers();
  const { register } = await users.run(
    `mutation {
      register(input: {
        email: "lovelace@example.com", password: "${PASSWORD}", name: "Ada Lovelace", idempotencyKey: "k"
      }) { user { id } }
    }`,
  );
  const userId = userIds.decode(register.user.id) ?? '';
  const ada = { kind: 'user' as const, userId, roles: ['CUSTOMER' as const] };
  await users.run(
    `mutation {
      addAddress(input: {
        name: "Ada Lovelace", line1: "Ockham Park", city: "Ockham", postalCode: "GU23", country: "GB", idempotencyKey: "k"
      }) { address { id } }
      requestEmailVerification(input: { idempotencyKey: "k" }) { done }
      changeEmail(input: { newEmail: "byron@example.com", password: "${PASSWORD}" }) { done }
    }`,
    ada,
  );
  const { deleteMyAccount } = await users.run(DELETE, ada, { password: PASSWORD });
  expect(deleteMyAccount).toEqual({ done: true, userErrors: [] });
  expect(await takeMails(users)).toEqual([
    {
      ...{ kind: 'ACCOUNT_CLOSED', to: 'lovelace@example.com', name: null, token: null },
      storefrontId: STOREFRONTS.main,
    },
  ]);

  expect(await everything(users)).not.toMatch(/lovelace|byron|ockham/i);
  expect(await users.subgraph.commands.findCustomer([{ userId }])).toEqual([null]);
  const staff = await users.person('staff', 'STAFF');
  const { user } = await users.run(
    `query ($id: ID!) { user(id: $id) { name email addresses { id } } }`,
    staff,
    { id: register.user.id },
  );
  expect(user).toEqual({ name: 'Deleted user', email: null, addresses: [] });
});

it('leaves nothing either of what the person does at the same moment', async () => {
  const users = await openUsers();
  const run = (mutation: string, as?: Identity) =>
    users.run(`mutation { ${mutation} { userErrors { code } } }`, as);
  for (const name of ['Lovelace', 'Byron', 'Milbanke', 'Somerville', 'Babbage']) {
    await users.person(name);
    const { identity, refreshToken } = await logIn(users, name);
    const email = `${name}@example.com`;
    const proof = `password: "${PASSWORD}"`;
    await Promise.all([
      run(`deleteMyAccount(input: { ${proof} })`, identity),
      run(`logIn(input: { email: "${email}", ${proof} })`),
      run(`refreshSession(input: { refreshToken: "${refreshToken}" })`),
      run(`changeEmail(input: { newEmail: "new-${email}", ${proof} })`, identity),
      run(
        `changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "horse battery", idempotencyKey: "k" })`,
        identity,
      ),
      run(`requestEmailVerification(input: { idempotencyKey: "k" })`, identity),
      run(`updateProfile(input: { name: "${name} again", idempotencyKey: "k" })`, identity),
      run(
        `addAddress(input: {
          name: "${name}", line1: "1 Road", city: "Ockham", postalCode: "GU23", country: "GB", idempotencyKey: "k"
        })`,
        identity,
      ),
    ]);
    await run(`deleteMyAccount(input: { password: "horse battery" })`, identity);
    await takeMails(users);
    const { userId } = identity;
    await users.subgraph.commands.settleErasure([{ userId }]);
    const rows = await users.sql(
      `select (select count(*) from sessions where user_id = '${userId}')::int as sessions, password_hash, closed_at
       from users where id = '${userId}'`,
    );
    expect(rows).toEqual([{ sessions: 0, password_hash: null, closed_at: expect.anything() }]);
    expect(await everything(users)).not.toMatch(new RegExp(name, 'i'));
  }
});

it('ends every session, and tells the gateways; the email is free again', async () => {
  const users = await openUsers();
  await users.person('ada');
  const session = await logIn(users, 'ada');
  await users.run(DELETE, session.identity, { password: PASSWORD });
  expect((await refresh(users, session.refreshToken)).accessToken).toBeNull();
  const { userId } = session.identity;
  const changes = await users.sql('select change from access_changes');
  expect(changes).toEqual([{ change: { kind: 'USER_CLOSED', userId } }]);
  const again = await users.run(DELETE, session.identity, { password: PASSWORD });
  expect(errorCode(again)).toBe('UNAUTHENTICATED');
  expect((await users.person('ada')).userId).not.toBe(userId);
});

it('is told to the other contexts until they have settled it', async () => {
  const users = await openUsers();
  const { userId } = await users.person('ada');
  const { identity } = await logIn(users, 'ada');
  await users.run(DELETE, identity, { password: PASSWORD });
  const { findErasures, settleErasure } = users.subgraph.commands;
  expect(await findErasures([{ limit: 10 }])).toEqual([{ userIds: [userId] }]);
  await settleErasure([{ userId }]);
  expect(await findErasures([{ limit: 10 }])).toEqual([{ userIds: [] }]);
});

it('needs the password, somebody, and another administrator', async () => {
  const users = await openUsers();
  const [ada, kim] = [await users.person('ada'), await users.person('kim', 'ADMIN')];
  const remove = (as: typeof ada, password: string) => users.run(DELETE, as, { password });
  expect((await remove(ada, 'guess')).deleteMyAccount).toEqual({
    done: false,
    userErrors: [{ code: 'INVALID_CREDENTIALS', field: ['password'] }],
  });
  expect((await remove(kim, PASSWORD)).deleteMyAccount.userErrors).toMatchObject([
    { code: 'OWN_ADMIN_ROLE' },
  ]);
  expect(errorCode(await users.run(DELETE, undefined, { password: PASSWORD }))).toBe(
    'UNAUTHENTICATED',
  );
  expect((await users.run('{ me { email } }', ada)).me).toEqual({ email: 'ada@example.com' });
});
