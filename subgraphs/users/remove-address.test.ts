import { expect, it } from 'vitest';
import { addressesOf, changeAddress, HOME } from './testing/addresses.js';
import { errorCode, openUsers } from './testing/users.js';

const NOT_FOUND = { address: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] };

it('removes one address, once', async () => {
  const users = await openUsers();
  const ada = await users.person('ada');
  const { address: gone } = await changeAddress(users, 'addAddress', ada, HOME);
  const { address: kept } = await changeAddress(users, 'addAddress', ada, HOME);
  const removed = { address: gone, userErrors: [] };
  expect(await changeAddress(users, 'removeAddress', ada, { id: gone.id })).toEqual(removed);
  expect(await changeAddress(users, 'removeAddress', ada, { id: gone.id })).toEqual(NOT_FOUND);
  expect(await addressesOf(users, ada)).toEqual([kept]);
});

it("treats somebody else's address like one that does not exist", async () => {
  const users = await openUsers();
  const [ada, bob] = [await users.person('ada'), await users.person('bob')];
  const { address } = await changeAddress(users, 'addAddress', ada, HOME);
  for (const id of [address.id, address.id.replace('UserAddress', 'User'), '\u0000']) {
    expect(await changeAddress(users, 'removeAddress', bob, { id })).toEqual(NOT_FOUND);
  }
  expect(await addressesOf(users, ada)).toEqual([address]);
  const anonymous = await changeAddress(users, 'removeAddress', undefined, { id: address.id });
  expect(errorCode(anonymous)).toBe('UNAUTHENTICATED');
});
