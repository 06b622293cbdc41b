import { expect, it } from 'vitest';
import { MAX_ADDRESSES } from './add-address.js';
import { addressesOf, changeAddress, HOME } from './testing/addresses.js';
import { errorCode, openUsers } from './testing/users.js';

it('adds an address to the own ones, the oldest first', async () => {
  const users = await openUsers();
  const [ada, bob] = [await users.person('ada'), await users.person('bob')];
  const home = await changeAddress(users, 'addAddress', ada, HOME);
  expect(home).toMatchObject({ address: HOME, userErrors: [] });
  const spaced = { ...HOME, name: ' Ada ', country: 'fr', line2: ' ', region: ' Centre ' };
  const work = await changeAddress(users, 'addAddress', ada, spaced);
  const cleaned = { ...HOME, name: 'Ada', country: 'FR', line2: null, region: 'Centre' };
  expect(work).toMatchObject({ address: cleaned, userErrors: [] });
  expect(await addressesOf(users, ada)).toEqual([home.address, work.address]);
  expect(await addressesOf(users, bob)).toEqual([]);
});

it('names every field that is wrong', async () => {
  const users = await openUsers();
  const ada = await users.person('ada');
  const input = { ...HOME, city: ' ', line2: 'a\u0000b', line1: 'x'.repeat(201), country: 'QQ' };
  expect(await changeAddress(users, 'addAddress', ada, input)).toEqual({
    address: null,
    userErrors: [
      { code: 'INVALID_TEXT', field: ['line1'] },
      { code: 'INVALID_TEXT', field: ['city'] },
      { code: 'INVALID_TEXT', field: ['line2'] },
      { code: 'INVALID_COUNTRY', field: ['country'] },
    ],
  });
});

it('stops at the limit, also when many are added at once', async () => {
  const users = await openUsers();
  const ada = await users.person('ada');
  const answers = await Promise.all(
    Array.from({ length: MAX_ADDRESSES + 5 }, () => changeAddress(users, 'addAddress', ada, HOME)),
  );
  const refused = answers.filter(({ address }) => address === null);
  expect(refused).toHaveLength(5);
  expect(refused[0].userErrors).toEqual([{ code: 'TOO_MANY_ADDRESSES', field: null }]);
  expect(await addressesOf(users, ada)).toHaveLength(MAX_ADDRESSES);
});

it('asks who you are', async () => {
  const users = await openUsers();
  const answer = await changeAddress(users, 'addAddress', undefined, HOME);
  expect(errorCode(answer)).toBe('UNAUTHENTICATED');
});
