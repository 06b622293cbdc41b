import { describe, expect, it } from 'vitest';
import { claimOf, rolesOf } from './external-issuer.js';
import { issuerOf } from './issuer-settings.js';
import { readSettings } from './settings.js';

const KNOWN = [
  { name: 'shop-admins', role: 'ADMIN' as const },
  { name: 'clerks', role: 'STAFF' as const },
];

describe('roles', () => {
  it.each([
    ['a list', ['clerks', 'golfers', 7], ['STAFF']],
    ['a text with spaces', 'clerks shop-admins', ['ADMIN', 'STAFF']],
    ['none that mean something here', ['golfers'], ['CUSTOMER']],
    ['our own names, which mean nothing there', ['ADMIN'], ['CUSTOMER']],
    ['nothing', undefined, ['CUSTOMER']],
    ['an object', { clerks: true }, ['CUSTOMER']],
  ])('are read from %s', (_what, claim, roles) => {
    expect(rolesOf(claim, KNOWN)).toEqual(roles);
  });

  it('are found by a name, by a path, and by nothing that only looks like one', () => {
    const claims = { 'https://shop.example/roles': ['a'], realm_access: { roles: ['b'] } };
    expect(claimOf(claims, 'https://shop.example/roles')).toEqual(['a']);
    expect(claimOf(claims, 'realm_access.roles')).toEqual(['b']);
    expect(claimOf(claims, 'realm_access.groups')).toBeUndefined();
    expect(claimOf(claims, 'constructor.name')).toBeUndefined();
  });
});

describe('the settings of an issuer', () => {
  const settings = (more: Record<string, string>) =>
    issuerOf(readSettings('start', { AUTH_ISSUER: 'https://login.example/realms/shop', ...more }));

  it('say what its roles mean here', () => {
    expect(
      settings({ AUTH_AUDIENCE: 'shop', AUTH_ROLES: 'shop-admins=ADMIN, clerks=STAFF' }),
    ).toEqual({
      issuer: 'https://login.example/realms/shop',
      audience: 'shop',
      rolesClaim: 'roles',
      roles: KNOWN,
    });
  });

  it('need the audience, and roles that there are', () => {
    expect(() => settings({})).toThrow(/AUTH_AUDIENCE is not set/);
    expect(() => settings({ AUTH_AUDIENCE: 'shop', AUTH_ROLES: 'clerks=KING' })).toThrow(
      /AUTH_ROLES is "clerks=KING": give pairs/,
    );
  });

  it('may be left out', () => {
    expect(issuerOf(readSettings('start', {}))).toBeUndefined();
  });
});
