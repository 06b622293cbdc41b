import type { Identity, Role } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { expect, it } from 'vitest';
import { userIds } from './graphql/user.js';
import { errorCode, openUsers, PASSWORD, type TestUsers } from './testing/users.js';

async function assign(
  { run }: TestUsers,
  caller: Identity | undefined,
  userId: string,
  roles: Role[],
) {
  const answer = await run(
    `mutation Assign($input: AssignRolesInput!) {
      assignRoles(input: $input) { user { name roles } userErrors { code field } }
    }`,
    caller,
    { input: { userId, roles } },
  );
  return answer.assignRoles ?? answer;
}

it('replaces the roles; the next log-in has the new ones', async () => {
  const users = await openUsers();
  const [ada, kim] = [await users.person('ada'), await users.person('kim', 'ADMIN')];
  const id = userIds.encode(ada.userId);
  const roles = ['STAFF', 'MANAGER'];
  expect(await assign(users, kim, id, ['STAFF', 'MANAGER', 'STAFF'])).toEqual({
    user: { name: 'ada', roles },
    userErrors: [],
  });
  const { logIn } = await users.run(
    `mutation { logIn(input: { email: "ada@example.com", password: "${PASSWORD}" }) { user { roles } } }`,
  );
  expect(logIn.user.roles).toEqual(roles);
});

it('is for administrators', async () => {
  const users = await openUsers();
  const callers = [
    await users.person('ada'),
    await users.person('sam', 'STAFF'),
    await users.person('eve', 'CUSTOMER'),
  ];
  for (const caller of callers) {
    const id = userIds.encode(caller.userId);
    const refused = { user: null, userErrors: [{ code: 'FORBIDDEN', field: null }] };
    expect(await assign(users, caller, id, ['ADMIN'])).toEqual(refused);
    const { me } = await users.run('{ me { roles } }', caller);
    expect(me.roles).toEqual(caller.roles);
  }
  const anonymous = await assign(users, undefined, userIds.encode(newId()), ['ADMIN']);
  expect(errorCode(anonymous)).toBe('UNAUTHENTICATED');
});

it('leaves everybody a role, and administrators their own', async () => {
  const users = await openUsers();
  const [ada, kim] = [await users.person('ada'), await users.person('kim', 'ADMIN')];
  const none = await assign(users, kim, userIds.encode(ada.userId), []);
  expect(none).toEqual({ user: null, userErrors: [{ code: 'NO_ROLES', field: ['roles'] }] });

  const self = userIds.encode(kim.userId);
  const demoted = await assign(users, kim, self, ['STAFF']);
  expect(demoted.userErrors).toEqual([{ code: 'OWN_ADMIN_ROLE', field: ['roles'] }]);
  const more = await assign(users, kim, self, ['ADMIN', 'STAFF']);
  expect(more).toEqual({ user: { name: 'kim', roles: ['ADMIN', 'STAFF'] }, userErrors: [] });
});

it('finds nobody under a wrong id', async () => {
  const users = await openUsers();
  const kim = await users.person('kim', 'ADMIN');
  for (const id of [userIds.encode(newId()), 'User_1', '']) {
    const { userErrors } = await assign(users, kim, id, ['STAFF']);
    expect(userErrors).toEqual([{ code: 'NOT_FOUND', field: ['userId'] }]);
  }
});
