import { ANONYMOUS, type Identity, type ROLES } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { describe, expect, it } from 'vitest';
import { leastPrice } from './own-prices.js';

const user = (...roles: Array<(typeof ROLES)[number]>): Identity => ({
  kind: 'user',
  userId: newId(),
  roles,
});
const partner = (...scopes: string[]): Identity => ({
  kind: 'partner',
  partnerId: newId(),
  keyId: newId(),
  scopes,
});

describe('the least price that may be quoted', () => {
  it.each([
    ['nobody', ANONYMOUS, undefined],
    ['a customer', user('CUSTOMER'), undefined],
    ['a partner', partner('READ', 'WRITE'), undefined],
    ['a partner for prices', partner('WRITE', 'PRICES'), 80],
    ['staff', user('STAFF'), 0],
    ['a manager', user('MANAGER'), 0],
  ])('by %s', (_, identity, least) => {
    expect(leastPrice(identity, 100)).toBe(least);
  });

  it('is never less than the discount, where pence cannot be divided', () => {
    expect(leastPrice(partner('PRICES'), 99)).toBe(80);
    expect(leastPrice(partner('PRICES'), 1)).toBe(1);
    expect(leastPrice(partner('PRICES'), 0)).toBe(0);
  });
});
