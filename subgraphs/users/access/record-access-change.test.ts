import { silentLog } from '@waybill/kernel/log.js';
import { listenTo } from '@waybill/kernel/notifications.js';
import { expect, it, onTestFinished } from 'vitest';
import { userIds } from '../graphql/user.js';
import { openUsers } from '../testing/users.js';
import { ACCESS_CHANNEL } from './record-access-change.js';

it('tells of new roles when they are committed', async () => {
  const { run, person, databaseUrl } = await openUsers();
  const kim = await person('kim', 'ADMIN');
  const { userId } = await person('ada');
  const told = Promise.withResolvers<string>();
  const channel = { url: databaseUrl, channel: ACCESS_CHANNEL, log: silentLog };
  const notifications = await listenTo(channel, told.resolve);
  onTestFinished(notifications.close);

  const answer = await run(
    'mutation ($input: AssignRolesInput!) { assignRoles(input: $input) { userErrors { code } } }',
    kim,
    { input: { userId: userIds.encode(userId), roles: ['MANAGER'] } },
  );
  expect(answer).toEqual({ assignRoles: { userErrors: [] } });
  expect(JSON.parse(await told.promise)).toEqual({
    seq: expect.any(Number),
    change: { kind: 'ROLES_CHANGED', userId, roles: ['MANAGER'], storefrontIds: null },
  });
});
