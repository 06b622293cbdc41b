import { newId } from '@waybill/kernel/ids.js';
import { expect, it } from 'vitest';
import { addressesOf, changeAddress, HOME } from './testing/addresses.js';
import { openUsers, PASSWORD, type TestUsers } from './testing/users.js';

const ADA = { email: 'ada@example.com', password: PASSWORD, name: 'Ada' };

async function register({ run }: TestUsers, input: object) {
  const answer = await run(
    `mutation($input: RegisterInput!) { register(input: $input) {
      user { id } accessToken userErrors { code field } } }`,
    undefined,
    { input },
  );
  return answer.register;
}

const CONFLICT = { userErrors: [{ code: 'IDEMPOTENCY_CONFLICT', field: ['idempotencyKey'] }] };

it('addAddress under one key adds one; it is answered as it was when it is gone', async () => {
  const users = await openUsers();
  const ada = await users.person('ada');
  const input = { ...HOME, idempotencyKey: newId() };
  const added = await changeAddress(users, 'addAddress', ada, input);
  expect(added).toMatchObject({ address: HOME, userErrors: [] });
  expect(await changeAddress(users, 'addAddress', ada, input)).toEqual(added);
  expect(await addressesOf(users, ada)).toHaveLength(1);
  const remove = { id: added.address.id, idempotencyKey: newId() };
  expect(await changeAddress(users, 'removeAddress', ada, remove)).toEqual(added);
  expect(await changeAddress(users, 'removeAddress', ada, remove)).toEqual(added);
  expect(await changeAddress(users, 'addAddress', ada, input)).toEqual(added);
  expect(await addressesOf(users, ada)).toEqual([]);
});

it('a key that was used for another address is a conflict', async () => {
  const users = await openUsers();
  const ada = await users.person('ada');
  const input = { ...HOME, idempotencyKey: newId() };
  await changeAddress(users, 'addAddress', ada, input);
  const other = await changeAddress(users, 'addAddress', ada, { ...input, city: 'York' });
  expect(other).toEqual({ address: null, ...CONFLICT });
});

it('register under one key opens one account and logs in each time', async () => {
  const users = await openUsers();
  const input = { ...ADA, idempotencyKey: newId() };
  const answers = await Promise.all([1, 2, 3].map(() => register(users, input)));
  for (const answer of [...answers, await register(users, input)]) {
    expect(answer).toMatchObject({
      user: { id: answers[0].user.id },
      accessToken: expect.any(String),
      userErrors: [],
    });
  }
});

it.each([{ password: 'another horse' }, { name: 'Eve' }, { email: 'eve@example.com' }])(
  'register with another %o is a conflict, and answers nothing about the account',
  async (changes) => {
    const users = await openUsers();
    const input = { ...ADA, idempotencyKey: newId() };
    await register(users, input);
    expect(await register(users, { ...input, ...changes })).toEqual({
      user: null,
      accessToken: null,
      ...CONFLICT,
    });
  },
);

it('importCustomers under one key answers the same customers, and keeps none of them with the key', async () => {
  const users = await openUsers();
  const staff = await users.person('sam', 'STAFF');
  const customers = Array.from({ length: 500 }, (_, i) => ({ externalId: `${i}`, name: `C ${i}` }));
  const input = {
    customers: [...customers, { externalId: '', name: 'x' }],
    idempotencyKey: newId(),
  };
  const ask = () =>
    users.run(
      `mutation($input: ImportCustomersInput!) { importCustomers(input: $input) {
        created updated users { id } userErrors { field } } }`,
      staff,
      { input },
    );
  const first = await ask();
  expect(first.importCustomers).toMatchObject({ created: 500, updated: 0 });
  expect(first.importCustomers.userErrors).toEqual([{ field: ['customers', '500', 'externalId'] }]);
  expect(await ask()).toEqual(first);
});
