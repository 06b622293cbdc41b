import { expect, it } from 'vitest';
import { logIn, refresh } from '../testing/sessions.js';
import { openUsers, type TestUsers } from '../testing/users.js';

const ENDED = [{ code: 'SESSION_ENDED', field: ['refreshToken'] }];

async function openAda(options = {}) {
  const users = await openUsers(options);
  await users.person('ada');
  return { users, session: await logIn(users, 'ada') };
}

/** The grace for tabs that race is over. */
const waitOutGrace = (users: TestUsers) =>
  users.sql(`update refresh_tokens set used_at = used_at - interval '11 seconds'`);

it('answers a new access token and the next refresh token, with the roles of today', async () => {
  const { users, session } = await openAda();
  await users.sql(`update users set roles = '{CUSTOMER,STAFF}'`);
  const next = await refresh(users, session.refreshToken);
  expect(next).toMatchObject({
    user: { email: 'ada@example.com', roles: ['CUSTOMER', 'STAFF'] },
    userErrors: [],
  });
  expect(next.refreshToken).not.toBe(session.refreshToken);
  expect((await refresh(users, next.refreshToken)).userErrors).toEqual([]);
});

it('answers the same next token to tabs that refresh at once, and to a client that lost the answer', async () => {
  const { users, session } = await openAda();
  const tabs = await Promise.all(
    Array.from({ length: 8 }, () => refresh(users, session.refreshToken)),
  );
  expect(new Set(tabs.map(({ refreshToken }) => refreshToken)).size).toBe(1);
  expect((await refresh(users, tabs[0].refreshToken)).userErrors).toEqual([]);
});

it('ends the session when a token comes again after the grace: neither thief nor owner goes on', async () => {
  const { users, session } = await openAda();
  const other = await logIn(users, 'ada');
  const { refreshToken: newest } = await refresh(users, session.refreshToken);
  await waitOutGrace(users);

  expect(await refresh(users, session.refreshToken)).toMatchObject({
    user: null,
    accessToken: null,
    refreshToken: null,
    userErrors: ENDED,
  });
  expect((await refresh(users, newest)).userErrors).toEqual(ENDED);
  expect(await users.sql('select end_reason from sessions where ended_at is not null')).toEqual([
    { end_reason: 'TOKEN_REUSED' },
  ]);
  // Another log-in of the same person is another family.
  expect((await refresh(users, other.refreshToken)).userErrors).toEqual([]);
});

it('ends the session within the grace, too, once the next token is used', async () => {
  const { users, session } = await openAda();
  const { refreshToken: second } = await refresh(users, session.refreshToken);
  const { refreshToken: third } = await refresh(users, second);
  expect((await refresh(users, session.refreshToken)).userErrors).toEqual(ENDED);
  expect((await refresh(users, third)).userErrors).toEqual(ENDED);
});

it('says the same of tokens that never were, and of a session that ran out', async () => {
  const { users, session } = await openAda({ sessionTtlSeconds: 60 });
  for (const token of ['', 'x', `${session.refreshToken} `, '\u0000']) {
    expect((await refresh(users, token)).userErrors).toEqual(ENDED);
  }
  await users.sql(`update sessions set expires_at = now()`);
  expect((await refresh(users, session.refreshToken)).userErrors).toEqual(ENDED);
});

it('lives on with each use', async () => {
  const { users, session } = await openAda({ sessionTtlSeconds: 60 });
  await users.sql(`update sessions set expires_at = now() + interval '1 second'`);
  const { refreshExpiresAt } = await refresh(users, session.refreshToken);
  expect(Date.parse(refreshExpiresAt) - Date.now()).toBeGreaterThan(50_000);
});

it('keeps no refresh token that anybody could use', async () => {
  const { users, session } = await openAda();
  const { refreshToken } = await refresh(users, session.refreshToken);
  const kept = await users.sql(
    `select encode(hash, 'escape') as h, encode(hash, 'base64') as b from refresh_tokens`,
  );
  for (const token of [session.refreshToken, refreshToken]) {
    const bytes = Buffer.from(token, 'base64url').toString('base64');
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(JSON.stringify(kept)).not.toContain(bytes);
  }
});

it('does not go on for ever, however often it is refreshed', async () => {
  const { users, session } = await openAda({ sessionTtlSeconds: 3600, sessionMaxSeconds: 4000 });
  const secondsLeft = async () => {
    const text = 'select extract(epoch from expires_at - now())::float8 as seconds from sessions';
    return (await users.sql<{ seconds: number }>(text))[0]?.seconds;
  };
  expect(await secondsLeft()).toBeGreaterThan(3500);
  await users.sql(`update sessions set created_at = created_at - interval '3000 seconds'`);
  const next = await refresh(users, session.refreshToken);
  expect(next.userErrors).toEqual([]);
  expect(await secondsLeft()).toBeLessThanOrEqual(1000);
  await users.sql(`update sessions set created_at = created_at - interval '1001 seconds'`);
  expect((await refresh(users, next.refreshToken)).userErrors).toEqual(ENDED);
});
