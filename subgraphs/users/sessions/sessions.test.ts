import { expect, it } from 'vitest';
import { logIn, refresh } from '../testing/sessions.js';
import { errorCode, openUsers } from '../testing/users.js';

const LIST = 'query { sessions { id device current } }';
const REVOKE = `mutation ($input: RevokeSessionInput!) {
  revokeSession(input: $input) { revokedId userErrors { code field } }
}`;
const LOG_OUT = 'mutation { logOut(input: {}) { sessionsEnded } }';
const EVERYWHERE = 'mutation { logOut(input: { everywhere: true }) { sessionsEnded } }';

async function openTwo() {
  const users = await openUsers();
  await users.person('ada');
  await users.person('eve');
  const phone = await logIn(users, 'ada', 'phone');
  const desk = await logIn(users, 'ada', ' desk ');
  const eve = await logIn(users, 'eve');
  const goesOn = async ({ refreshToken }: { refreshToken: string }) =>
    (await refresh(users, refreshToken)).accessToken !== null;
  return { users, phone, desk, eve, goesOn };
}

it('lists where somebody is logged in, and which of these asks', async () => {
  const { users, desk } = await openTwo();
  const { sessions } = await users.run(LIST, desk.identity);
  expect(sessions).toMatchObject([
    { device: 'desk', current: true },
    { device: 'phone', current: false },
  ]);
  expect(errorCode(await users.run(LIST))).toBe('UNAUTHENTICATED');
});

it('ends one session of the list, and nobody else’s', async () => {
  const { users, phone, desk, eve, goesOn } = await openTwo();
  const { sessions } = await users.run(LIST, desk.identity);
  const input = { id: sessions[1].id };
  const refused = await users.run(REVOKE, eve.identity, { input });
  const userErrors = [{ code: 'NOT_FOUND', field: ['id'] }];
  expect(refused.revokeSession).toEqual({ revokedId: null, userErrors });

  const revoked = await users.run(REVOKE, desk.identity, { input });
  expect(revoked.revokeSession).toEqual({ revokedId: input.id, userErrors: [] });
  expect(await Promise.all([phone, desk, eve].map(goesOn))).toEqual([false, true, true]);
  expect((await users.run(LIST, desk.identity)).sessions).toHaveLength(1);
});

it.each(['', 'Session_x', 'User_0199f2c0-0000-7000-8000-000000000000'])(
  'finds no session under %j',
  async (id) => {
    const { users, desk } = await openTwo();
    const { revokeSession } = await users.run(REVOKE, desk.identity, { input: { id } });
    expect(revokeSession.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['id'] }]);
  },
);

it('logs out here', async () => {
  const { users, phone, desk, goesOn } = await openTwo();
  expect((await users.run(LOG_OUT, desk.identity)).logOut).toEqual({ sessionsEnded: 1 });
  expect(await Promise.all([phone, desk].map(goesOn))).toEqual([true, false]);
});

it('logs out everywhere', async () => {
  const { users, phone, desk, eve, goesOn } = await openTwo();
  expect((await users.run(EVERYWHERE, desk.identity)).logOut).toEqual({ sessionsEnded: 2 });
  expect(await Promise.all([phone, desk, eve].map(goesOn))).toEqual([false, false, true]);
});

it('tells every gateway, and the audit log', async () => {
  const { users, phone, desk } = await openTwo();
  await users.run(EVERYWHERE, desk.identity);
  const told = await users.sql<{ change: { sessionId: string } }>(
    'select change from access_changes',
  );
  const ended = told.map(({ change }) => change.sessionId);
  expect(ended.toSorted()).toEqual(
    [phone, desk].map(({ identity }) => identity.sessionId).toSorted(),
  );
  const log = await users.sql('select actor, action, data from audit_log order by id');
  const actor = `user:${desk.identity.userId}`;
  expect(log).toMatchObject([
    { actor, action: 'LOGGED_IN' },
    { actor, action: 'LOGGED_IN' },
    { action: 'LOGGED_IN' },
    { actor, action: 'SESSIONS_ENDED', data: { reason: 'LOGGED_OUT', sessions: ended } },
  ]);
});

it('has nothing to log out of for nobody', async () => {
  const { users } = await openTwo();
  for (const mutation of [LOG_OUT, EVERYWHERE]) {
    expect(errorCode(await users.run(mutation))).toBe('UNAUTHENTICATED');
  }
});

it('forgets sessions a day after they ended', async () => {
  const { users, desk } = await openTwo();
  await users.run(EVERYWHERE, desk.identity);
  const forget = () => users.subgraph.commands.forgetExpired([{ limit: 10 }]);
  expect(await forget()).toEqual([{ forgotten: 0 }]);
  const ended = "ended_at = now() - interval '25 hours'";
  await users.sql(`update sessions set ${ended} where ended_at is not null`);
  expect(await forget()).toEqual([{ forgotten: 2 }]);
  expect(await users.sql('select 1 from refresh_tokens')).toHaveLength(1);
});
