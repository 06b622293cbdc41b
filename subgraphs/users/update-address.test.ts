import { expect, it } from 'vitest';
import { addressesOf, changeAddress, HOME } from './testing/addresses.js';
import { errorCode, openUsers } from './testing/users.js';

const PARIS = { ...HOME, line2: '2e étage', city: 'Paris', region: 'Île-de-France', country: 'FR' };

it('replaces one address and leaves the others alone', async () => {
  const users = await openUsers();
  const ada = await users.person('ada');
  const { address: first } = await changeAddress(users, 'addAddress', ada, HOME);
  const { address: second } = await changeAddress(users, 'addAddress', ada, HOME);
  const moved = { id: first.id, ...PARIS };
  const input = { id: first.id, address: PARIS };
  const answer = { address: moved, userErrors: [] };
  expect(await changeAddress(users, 'updateAddress', ada, input)).toEqual(answer);
  expect(await addressesOf(users, ada)).toEqual([moved, second]);

  const back = { id: first.id, address: HOME };
  await changeAddress(users, 'updateAddress', ada, back);
  expect(await addressesOf(users, ada)).toEqual([first, second]);
});

it("treats somebody else's address like one that does not exist, also for staff", async () => {
  const users = await openUsers();
  const [ada, sam] = [await users.person('ada'), await users.person('sam', 'STAFF')];
  const { address } = await changeAddress(users, 'addAddress', ada, HOME);
  const notFound = { address: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] };
  for (const id of [address.id, 'UserAddress_?', '']) {
    const input = { id, address: PARIS };
    expect(await changeAddress(users, 'updateAddress', sam, input)).toEqual(notFound);
  }
  expect(await addressesOf(users, ada)).toEqual([address]);
});

it('names what is wrong with the new text, and asks who you are', async () => {
  const users = await openUsers();
  const ada = await users.person('ada');
  const { address } = await changeAddress(users, 'addAddress', ada, HOME);
  const input = { id: address.id, address: { ...HOME, city: '' } };
  const { userErrors } = await changeAddress(users, 'updateAddress', ada, input);
  expect(userErrors).toEqual([{ code: 'INVALID_TEXT', field: ['address', 'city'] }]);
  const anonymous = await changeAddress(users, 'updateAddress', undefined, input);
  expect(errorCode(anonymous)).toBe('UNAUTHENTICATED');
});
