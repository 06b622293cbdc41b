import type { Identity, Role } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { lockWaits } from '@waybill/kernel/testing/lock-waits.js';
import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { userIds } from './graphql/user.js';
import { storefrontIds } from './storefronts.js';
import { errorCode, openUsers, PASSWORD, STOREFRONTS, type TestUsers } from './testing/users.js';

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

it('leaves one of two administrators who take the role from each other at once', async () => {
  const users = await openUsers();
  const [ada, kim] = [await users.person('ada', 'ADMIN'), await users.person('kim', 'ADMIN')];
  const { both } = await users.db.transaction(async (query) => {
    await query('test.hold', 'select 1 from users for update');
    const both = [
      assign(users, ada, userIds.encode(kim.userId), ['CUSTOMER']),
      assign(users, kim, userIds.encode(ada.userId), ['CUSTOMER']),
    ];
    await expect.poll(() => lockWaits(users.db.query)).toBe(2);
    return { both };
  });
  const codes = (await Promise.all(both)).map(({ userErrors }) => userErrors[0]?.code ?? 'DONE');
  expect(codes.sort()).toEqual(['DONE', 'FORBIDDEN']);
  expect(await users.sql(`select name from users where 'ADMIN' = any(roles)`)).toHaveLength(1);
});

it('finds nobody under a wrong id', async () => {
  const users = await openUsers();
  const kim = await users.person('kim', 'ADMIN');
  for (const id of [userIds.encode(newId()), 'User_1', '']) {
    const { userErrors } = await assign(users, kim, id, ['STAFF']);
    expect(userErrors).toEqual([{ code: 'NOT_FOUND', field: ['userId'] }]);
  }
});

const blue = storefrontIds.encode(STOREFRONTS.blue);

it('confines staff to storefronts, and says so to gateways and in their next token', async () => {
  const users = await openUsers();
  const kim = await users.person('kim', 'ADMIN');
  const { userId } = await users.person('ada', 'STAFF');
  const assignTo = (more: object) =>
    users.run(
      `mutation ($input: AssignRolesInput!) {
        assignRoles(input: $input) { user { roles storefronts { id } } userErrors { code field } } }`,
      kim,
      { input: { userId: userIds.encode(userId), roles: ['STAFF'], ...more } },
    );
  const confined = { roles: ['STAFF'], storefronts: [{ id: blue }] };
  const both = { storefrontIds: [blue, blue] };
  expect(await assignTo(both)).toEqual({ assignRoles: { user: confined, userErrors: [] } });
  const logIn = `mutation { logIn(input: { email: "ada@example.com", password: "${PASSWORD}" }) { accessToken } }`;
  const realms = async () => decodeJwt((await users.run(logIn)).logIn.accessToken).realms;
  expect(await realms()).toEqual([STOREFRONTS.blue]);
  // What is left out stays.
  expect(await assignTo({})).toEqual({ assignRoles: { user: confined, userErrors: [] } });
  expect(await assignTo({ storefrontIds: null })).toMatchObject({
    assignRoles: { user: { storefronts: null } },
  });
  expect(await realms()).toBeUndefined();
  const told = await users.sql<{ ids: string[] | null }>(
    `select change->'storefrontIds' as ids from access_changes order by seq`,
  );
  expect(told.map(({ ids }) => ids)).toEqual([[STOREFRONTS.blue], [STOREFRONTS.blue], null]);
});

it.each([
  [[], 'NO_STOREFRONTS'],
  [[storefrontIds.encode(newId())], 'UNKNOWN_STOREFRONT'],
  [[blue, 'nonsense'], 'UNKNOWN_STOREFRONT'],
])('confines nobody to %j', async (storefrontIds, code) => {
  const users = await openUsers();
  const kim = await users.person('kim', 'ADMIN');
  const { assignRoles } = await users.run(
    'mutation ($input: AssignRolesInput!) { assignRoles(input: $input) { user { id } userErrors { code field } } }',
    kim,
    { input: { userId: userIds.encode(kim.userId), roles: ['ADMIN'], storefrontIds } },
  );
  expect(assignRoles).toEqual({ user: null, userErrors: [{ code, field: ['storefrontIds'] }] });
});
