import { expect, it } from 'vitest';
import { errorCode, openUsers } from '../testing/users.js';

const UPDATE = `mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) { user { name unwantedMail roles } userErrors { code field } }
}`;

it('changes what is given and leaves the rest', async () => {
  const users = await openUsers();
  const ada = await users.person('ada');
  const update = async (input: object) => (await users.run(UPDATE, ada, { input })).updateProfile;
  expect(await update({ name: ' Ada Lovelace ' })).toEqual({
    user: { name: 'Ada Lovelace', unwantedMail: [], roles: ['CUSTOMER'] },
    userErrors: [],
  });
  const { user } = await update({ unwantedMail: ['PLACED', 'SHIPPED', 'PLACED'] });
  expect(user).toMatchObject({ name: 'Ada Lovelace', unwantedMail: ['PLACED', 'SHIPPED'] });
  expect((await update({ unwantedMail: [] })).user.unwantedMail).toEqual([]);
});

it('tells whoever sends mail what is not wanted', async () => {
  const users = await openUsers();
  const ada = await users.person('ada');
  await users.run(UPDATE, ada, { input: { unwantedMail: ['PARTIALLY_SHIPPED'] } });
  const found = await users.subgraph.commands.findCustomer([{ userId: ada.userId }]);
  expect(found).toMatchObject([{ unwantedMail: ['order.partially_shipped'] }]);
});

it('takes no empty name, no roles, and nobody', async () => {
  const users = await openUsers();
  const ada = await users.person('ada');
  const { updateProfile } = await users.run(UPDATE, ada, { input: { name: ' ' } });
  expect(updateProfile.userErrors).toEqual([{ code: 'INVALID_TEXT', field: ['name'] }]);
  const assigning = await users.run(UPDATE, ada, { input: { name: 'Ada', roles: ['ADMIN'] } });
  expect(assigning.errors).toHaveLength(1);
  expect(errorCode(await users.run(UPDATE, undefined, { input: {} }))).toBe('UNAUTHENTICATED');
});
