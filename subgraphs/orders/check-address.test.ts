import { expect, it } from 'vitest';
import { checkAddress } from './check-address.js';

const ADDRESS = {
  name: 'Ada',
  line1: '1 High St',
  line2: null,
  city: 'York',
  postalCode: 'YO1',
  country: 'GB',
};

it('takes an address, or none', () => {
  expect(checkAddress(ADDRESS)).toEqual([]);
  expect(checkAddress({ ...ADDRESS, line2: '' })).toEqual([]);
  expect(checkAddress(null)).toEqual([]);
  expect(checkAddress(undefined)).toEqual([]);
});

it.each([
  ['name', ''],
  ['line1', '   '],
  ['city', 'x'.repeat(201)],
  ['postalCode', ''],
  ['line2', 'x'.repeat(201)],
  ['country', 'gb'],
  ['country', 'GBR'],
  ['country', ''],
])('refuses the %s %j', (field, value) => {
  expect(checkAddress({ ...ADDRESS, [field]: value })).toEqual([
    expect.objectContaining({ code: 'INVALID_INPUT', field: ['shippingAddress', field] }),
  ]);
});

it('names all that is wrong at once', () => {
  expect(checkAddress({ ...ADDRESS, name: '', city: '', country: '?' })).toHaveLength(3);
});
