import { expect, it } from 'vitest';
import { openUsers, PASSWORD, type TestUsers } from './testing/users.js';

const logsIn = async ({ run }: TestUsers, email: string, password: string) => {
  const { logIn } = await run(
    `mutation LogIn($input: LogInInput!) { logIn(input: $input) { user { name roles } } }`,
    undefined,
    { input: { email, password } },
  );
  return logIn.user;
};

it('makes accounts once, and leaves the password of those that exist alone', async () => {
  const users = await openUsers();
  const ada = {
    email: 'Ada@example.com',
    password: PASSWORD,
    name: 'Ada',
    roles: ['ADMIN'] as const,
  };
  const bob = {
    email: 'bob@example.com',
    password: PASSWORD,
    name: 'Bob',
    roles: ['STAFF'] as const,
  };
  const [first] = await users.subgraph.seedPeople([ada]);
  const changed = { ...ada, password: 'another horse', name: 'Eve', roles: ['CUSTOMER'] as const };
  const seeded = await users.subgraph.seedPeople([bob, changed]);
  expect(seeded.map(({ email }) => email)).toEqual(['bob@example.com', 'ada@example.com']);
  expect(seeded[1]).toEqual(first);
  expect(await logsIn(users, ada.email, PASSWORD)).toEqual({ name: 'Ada', roles: ['ADMIN'] });
  expect(await logsIn(users, ada.email, 'another horse')).toBeNull();
  expect(await logsIn(users, bob.email, PASSWORD)).toEqual({ name: 'Bob', roles: ['STAFF'] });
});

it('may be called by several processes at once', async () => {
  const { subgraph } = await openUsers();
  const ada = {
    email: 'ada@example.com',
    password: PASSWORD,
    name: 'Ada',
    roles: ['ADMIN'] as const,
  };
  const answers = await Promise.all([1, 2, 3].map(() => subgraph.seedPeople([ada])));
  expect(new Set(answers.map(([person]) => person?.userId)).size).toBe(1);
});

it('refuses what is no email address', async () => {
  const { subgraph } = await openUsers();
  const nobody = { email: 'nobody', password: PASSWORD, name: 'Nobody', roles: ['ADMIN'] as const };
  await expect(subgraph.seedPeople([nobody])).rejects.toThrow(RangeError);
});
