import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Account,
  ANONYMOUS,
  ASSERTION_TTL_SECONDS,
  accountOf,
  actorOf,
  hasRole,
  type Identity,
  isManager,
  isStaff,
  isWithin,
  type Role,
  realmsOf,
  signAssertion,
  verifyAssertion,
} from './identity.js';

const SECRET = 'secret';
const NOW = 1_800_000_000_000;
const USER: Identity = { kind: 'user', userId: 'u', roles: ['CUSTOMER'] };
const PARTNER: Account = { kind: 'partner', partnerId: 'p', keyId: 'k', scopes: ['orders'] };
const SERVICE: Identity = { kind: 'service', name: 'jobs' };

/** An assertion of anything, signed with the right secret. */
function signed(content: string): string {
  const payload = Buffer.from(content).toString('base64url');
  return `${payload}.${createHmac('sha256', SECRET).update(payload).digest('base64url')}`;
}

describe('an assertion', () => {
  it.each([ANONYMOUS, USER, PARTNER, SERVICE])('of %j says who asks', (identity) => {
    expect(verifyAssertion(signAssertion(identity, SECRET, NOW), SECRET, NOW)).toEqual(identity);
  });

  it('ends after a minute', () => {
    const assertion = signAssertion(USER, SECRET, NOW);
    const end = NOW + ASSERTION_TTL_SECONDS * 1000;
    expect(verifyAssertion(assertion, SECRET, end - 1)).toEqual(USER);
    expect(verifyAssertion(assertion, SECRET, end)).toBe(undefined);
  });

  it('of another secret, or whose content was changed, is none', () => {
    expect(verifyAssertion(signAssertion(USER, 'other', NOW), SECRET, NOW)).toBe(undefined);
    const [, signature] = signAssertion(USER, SECRET, NOW).split('.');
    const [payload] = signAssertion(SERVICE, SECRET, NOW).split('.');
    expect(verifyAssertion(`${payload}.${signature}`, SECRET, NOW)).toBe(undefined);
  });

  it.each([undefined, '', '.', 'x', 'x.', '.x', 'x.y', 'x.y.z', 'é.ü', '='.repeat(43)])(
    '%j is none',
    (text) => expect(verifyAssertion(text, SECRET, NOW)).toBe(undefined),
  );

  it.each([
    '',
    'garbage',
    'null',
    '1',
    '"x"',
    '[]',
    '{}',
    '{"identity":{"kind":"user"}}',
    '{"expires":9e99}',
  ])('of %j is none, although it is signed', (content) =>
    expect(verifyAssertion(signed(content), SECRET, NOW)).toBe(undefined),
  );
});

describe('staff', () => {
  it.each<[Identity, boolean]>([
    [ANONYMOUS, false],
    [USER, false],
    [PARTNER, false],
    [{ kind: 'user', userId: 'u', roles: ['MANAGER'] }, true],
    [{ kind: 'user', userId: 'u', roles: ['CUSTOMER', 'STAFF'] }, true],
    [{ kind: 'user', userId: 'u', roles: ['ADMIN'] }, true],
    [SERVICE, true],
  ])('%j: %s', (identity, expected) => {
    expect(isStaff(identity)).toBe(expected);
  });

  it('a service has no role of a person', () => expect(hasRole(SERVICE, 'ADMIN')).toBe(false));
});

describe('whoever asks', () => {
  it.each<[Identity, string | undefined, string]>([
    [ANONYMOUS, undefined, 'anonymous'],
    [USER, 'u', 'user:u'],
    [PARTNER, 'p', 'partner:p'],
    [SERVICE, undefined, 'service:jobs'],
  ])('%j owns things as %s and is named %s', (identity, account, actor) => {
    expect([accountOf(identity), actorOf(identity)]).toEqual([account, actor]);
  });

  it.each<[Role[], boolean]>([
    [['CUSTOMER', 'STAFF'], false],
    [['MANAGER'], true],
    [['ADMIN'], true],
  ])('with the roles %j is a manager: %s', (roles, expected) => {
    expect(isManager({ kind: 'user', userId: 'u', roles })).toBe(expected);
  });

  it('without a role is none', () =>
    expect([PARTNER, SERVICE, ANONYMOUS].some(isManager)).toBe(false));
});

describe('realms', () => {
  const person = (role: Role): Identity => ({
    ...{ kind: 'user', userId: 'u', roles: [role], realms: ['one'] },
  });

  it.each<[string, Identity, readonly string[] | undefined]>([
    ['staff', person('STAFF'), ['one']],
    ['managers', person('MANAGER'), ['one']],
    ['staff of none', { kind: 'user', userId: 'u', roles: ['STAFF'], realms: [] }, []],
    ['staff of all', { kind: 'user', userId: 'u', roles: ['STAFF'] }, undefined],
    ['partners', { ...PARTNER, realms: ['one'] }, ['one']],
    ['administrators never', person('ADMIN'), undefined],
    ['customers never', person('CUSTOMER'), undefined],
    ['our own services never', SERVICE, undefined],
    ['nobody', ANONYMOUS, undefined],
  ])('confine %s', (_, identity, realms) => {
    expect(realmsOf(identity)).toEqual(realms);
    expect(isWithin(identity, 'one')).toBe(realms?.includes('one') ?? true);
    expect(isWithin(identity, 'two')).toBe(realms === undefined);
  });
});
