import { silentLog } from '@waybill/kernel/log.js';
import { expect, it } from 'vitest';
import { frontSettings } from './front-settings.js';
import { rateLimits } from './rate-limits.js';

const limits = (environment: Record<string, string>) =>
  rateLimits(
    { front: frontSettings(environment), queuesPrefix: 'waybill' },
    (identity) =>
      identity.kind === 'partner' && identity.partnerId === 'big' ? 'HIGH' : 'STANDARD',
    silentLog,
  );

function set(environment: Record<string, string>) {
  const options = limits(environment);
  if (!options) throw new Error('there are no limits');
  return options;
}

const address = '192.0.2.1';
const user = { kind: 'user', userId: 'u', roles: ['CUSTOMER'] } as const;
const service = { kind: 'service', name: 'orders' } as const;

it('nobody is limited unless that is set', () => {
  expect(limits({})).toBe(false);
});

it('users and strangers have limits of their own, services have none', () => {
  const { policyFor, trustedProxies } = set({
    USER_RATE_LIMIT_PER_MINUTE: '6000',
    ANONYMOUS_RATE_LIMIT_PER_MINUTE: '60',
    TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.7',
  });
  const anonymous = { kind: 'anonymous' } as const;
  expect([user, anonymous, service].map((identity) => policyFor({ identity, address }))).toEqual([
    { name: 'user', capacity: 6000, refillPerSecond: 100 },
    { name: 'anonymous', capacity: 60, refillPerSecond: 1 },
    undefined,
  ]);
  expect(trustedProxies).toEqual(['10.0.0.0/8', '192.0.2.7']);
});

it('one of the two is enough', () => {
  const { policyFor } = set({ ANONYMOUS_RATE_LIMIT_PER_MINUTE: '60' });
  expect(policyFor({ identity: user, address })).toBeUndefined();
});

it('partners are limited by their class', () => {
  const { policyFor } = set({ PARTNER_RATE_LIMIT_PER_MINUTE: '600' });
  const partner = (partnerId: string) =>
    policyFor({ identity: { kind: 'partner', partnerId, keyId: 'k', scopes: [] }, address });
  expect(partner('small')).toEqual({ name: 'partner', capacity: 600, refillPerSecond: 10 });
  expect(partner('big')).toEqual({ name: 'partner-high', capacity: 6000, refillPerSecond: 100 });
  expect(policyFor({ identity: user, address })).toBeUndefined();
});
