import type { Identity } from '@waybill/kernel/identity.js';
import { silentLog } from '@waybill/kernel/log.js';
import type { AccessChange, RecordedAccessChange } from '@waybill/schema/access.js';
import { expect, it, onTestFinished } from 'vitest';
import { openAccessFeed } from './access-feed.js';

const KIM = { kind: 'user', userId: 'kim', roles: ['CUSTOMER'], sessionId: 's-1' } as const;
const ACME = { kind: 'partner', partnerId: 'acme', keyId: 'k-1', scopes: ['read'] } as const;

const BLUE_ACME = { ...ACME, realms: ['blue'] };
const CONFINED: AccessChange & { kind: 'PARTNER_CONFINED' } = {
  kind: 'PARTNER_CONFINED',
  partnerId: 'acme',
  storefrontIds: ['blue'],
};

/** A feed, the table that it reads, and the bus that it hears. */
async function follow(before: AccessChange[] = [], lookAgainMs = 60_000) {
  const table: RecordedAccessChange[] = [];
  const state = { isDown: false, told: (_: RecordedAccessChange[]) => {} };
  const record = (change: AccessChange): RecordedAccessChange => {
    const recorded = { seq: table.length + 1, change };
    table.push(recorded);
    return recorded;
  };
  before.forEach(record);
  const feed = openAccessFeed({
    read: async () => {
      if (state.isDown) throw new Error('connection refused');
      return { changes: [...table] };
    },
    live: {
      subscribe: (listener) => {
        state.told = listener;
        return () => {};
      },
    },
    log: silentLog,
    lookAgainMs,
  });
  onTestFinished(feed.close);
  return { feed, state, record };
}

const NEW_ROLES: AccessChange = {
  kind: 'ROLES_CHANGED',
  userId: 'kim',
  roles: ['STAFF'],
  storefrontIds: null,
};

it.each<[string, AccessChange, Identity, Identity | undefined]>([
  ['of a session that ended', { kind: 'SESSION_ENDED', sessionId: 's-1' }, KIM, undefined],
  ["of another of one's sessions", { kind: 'SESSION_ENDED', sessionId: 's-2' }, KIM, KIM],
  ['of a closed account', { kind: 'USER_CLOSED', userId: 'kim' }, KIM, undefined],
  ['with new roles', NEW_ROLES, KIM, { ...KIM, roles: ['STAFF'] }],
  ["with somebody else's new roles", { ...NEW_ROLES, userId: 'ada' }, KIM, KIM],
  [
    'with storefronts',
    { ...NEW_ROLES, storefrontIds: ['blue'] },
    KIM,
    { ...KIM, roles: ['STAFF'], realms: ['blue'] },
  ],
  ['with all storefronts', NEW_ROLES, { ...KIM, realms: ['x'] }, { ...KIM, roles: ['STAFF'] }],
  ['of a partner with storefronts', CONFINED, ACME, { ...ACME, realms: ['blue'] }],
  ['of a partner with these already', CONFINED, BLUE_ACME, BLUE_ACME],
  ['of a partner with all', { ...CONFINED, storefrontIds: null }, BLUE_ACME, ACME],
  ['of a key that was withdrawn', { kind: 'KEY_WITHDRAWN', keyId: 'k-1' }, ACME, undefined],
  ['of another key', { kind: 'KEY_WITHDRAWN', keyId: 'k-2' }, ACME, ACME],
  [
    'of a key with other scopes',
    { kind: 'KEY_CHANGED', keyId: 'k-1', scopes: [] },
    ACME,
    { ...ACME, scopes: [] },
  ],
])('knows the caller %s, from the table and from the bus', async (_, change, caller, by) => {
  const { feed } = await follow([change]);
  expect(feed.isKnown).toBe(false);
  await feed.load();
  expect(feed.isKnown).toBe(true);
  expect(feed.revise(caller)).toEqual(by);

  const { feed: heard, state, record } = await follow();
  await heard.load();
  expect(heard.revise(caller)).toBe(caller);
  state.told([record(change)]);
  expect(heard.revise(caller)).toEqual(by);
});

it('knows the newest roles in whichever order it hears of them, and says so once', async () => {
  const { feed, state, record } = await follow();
  const older = record(NEW_ROLES);
  const newer = record({ ...NEW_ROLES, roles: ['MANAGER'] });
  state.told([newer]);
  state.told([older]);
  const now = feed.revise(KIM);
  expect(now).toEqual({ ...KIM, roles: ['MANAGER'] });
  expect(now && feed.revise(now)).toBe(now);
});

it('leaves a key withdrawn and an account closed, whatever comes after', async () => {
  const { feed } = await follow([
    { kind: 'KEY_WITHDRAWN', keyId: 'k-1' },
    { kind: 'KEY_CHANGED', keyId: 'k-1', scopes: ['read'] },
    { kind: 'USER_CLOSED', userId: 'kim' },
    NEW_ROLES,
  ]);
  await feed.load();
  expect([feed.revise(ACME), feed.revise(KIM)]).toEqual([undefined, undefined]);
});

it('finds what it did not hear of', async () => {
  const { feed, record } = await follow([], 10);
  await feed.load();
  record(NEW_ROLES);
  await expect.poll(() => feed.revise(KIM)).toEqual({ ...KIM, roles: ['STAFF'] });
});

it('says that it knows nothing as long as it could not read', async () => {
  const { feed, state, record } = await follow();
  state.isDown = true;
  record(NEW_ROLES);
  await expect(feed.load().then(() => feed.load())).rejects.toThrow('connection refused');
  state.isDown = false;
  await feed.load();
  expect(feed.revise(KIM)).toMatchObject({ roles: ['STAFF'] });
});

it('reads anew where a read was under way before', async () => {
  const { feed, record } = await follow();
  const first = feed.load();
  record(NEW_ROLES);
  await Promise.all([first, feed.load()]);
  expect(feed.revise(KIM)).toMatchObject({ roles: ['STAFF'] });
});
