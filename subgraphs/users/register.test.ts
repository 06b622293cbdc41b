import { expect, it } from 'vitest';
import { storefrontIds } from './storefronts.js';
import { openUsers, PASSWORD, STOREFRONTS, type TestUsers } from './testing/users.js';

const ADA = { email: 'Ada@Example.com ', password: PASSWORD, name: ' Ada Lovelace ' };

const REFUSED: Array<[Partial<typeof ADA>, code: string, field: string]> = [
  [{ email: 'ada' }, 'INVALID_EMAIL', 'email'],
  [{ email: 'ada@example' }, 'INVALID_EMAIL', 'email'],
  [{ email: 'a\u0000da@example.com' }, 'INVALID_EMAIL', 'email'],
  [{ email: 'ada lovelace@example.com' }, 'INVALID_EMAIL', 'email'],
  [{ email: `${'a'.repeat(250)}@example.com` }, 'INVALID_EMAIL', 'email'],
  [{ name: ' ' }, 'INVALID_TEXT', 'name'],
  [{ name: 'A\u0000da' }, 'INVALID_TEXT', 'name'],
  [{ name: 'a'.repeat(201) }, 'INVALID_TEXT', 'name'],
  [{ password: '1234567' }, 'PASSWORD_TOO_SHORT', 'password'],
  [{ password: '🐴🐴🐴🐴' }, 'PASSWORD_TOO_SHORT', 'password'],
  [{ password: 'x'.repeat(257) }, 'PASSWORD_TOO_LONG', 'password'],
];

async function register(
  { run }: TestUsers,
  input: Partial<typeof ADA> & { idempotencyKey?: string; storefrontId?: string } = {},
  address?: string,
) {
  const answer = await run(
    `mutation Register($input: RegisterInput!) {
      register(input: $input) {
        user { id email name roles externalId country createdAt addresses { id } }
        accessToken expiresAt userErrors { code field }
      }
    }`,
    undefined,
    { input: { ...ADA, ...input } },
    address,
  );
  return answer.register;
}

it('opens an account for a customer, who is logged in', async () => {
  const users = await openUsers();
  const { user, accessToken, userErrors } = await register(users);
  expect(userErrors).toEqual([]);
  expect(accessToken).toEqual(expect.any(String));
  expect(user).toMatchObject({
    id: expect.stringMatching(/^User_[0-9a-f-]{36}$/),
    email: 'ada@example.com',
    name: 'Ada Lovelace',
    roles: ['CUSTOMER'],
    externalId: null,
    country: null,
    addresses: [],
  });
  expect(Math.abs(Date.parse(user.createdAt) - Date.now())).toBeLessThan(60_000);
});

it('gives one email to one of many who ask at once', async () => {
  const users = await openUsers();
  const emails = ['ada@example.com', 'ADA@example.com', ' ada@EXAMPLE.com'];
  const answers = await Promise.all(
    [...emails, ...emails].map((email) => register(users, { email })),
  );
  expect(answers.filter(({ user }) => user)).toHaveLength(1);
  for (const { userErrors } of answers.filter(({ user }) => !user)) {
    expect(userErrors).toEqual([{ code: 'EMAIL_TAKEN', field: ['email'] }]);
  }
});

it('refuses what is no account, with a code and the field', async () => {
  const users = await openUsers();
  for (const [input, code, field] of REFUSED) {
    const refused = { user: null, accessToken: null, userErrors: [{ code, field: [field] }] };
    expect(await register(users, input)).toMatchObject(refused);
  }
});

it('names everything that is wrong at once', async () => {
  const users = await openUsers();
  const { userErrors } = await register(users, { email: '', name: '', password: '' });
  const codes = userErrors.map(({ code }: { code: string }) => code);
  expect(codes).toEqual(['INVALID_EMAIL', 'INVALID_TEXT', 'PASSWORD_TOO_SHORT']);
});

it('does not tell of many emails whether they are taken', async () => {
  const users = await openUsers();
  await users.person('ada');
  const codes = [];
  for (let i = 0; i < 21; i += 1) {
    const { userErrors } = await register(users, {}, '192.0.2.7');
    codes.push(userErrors[0].code);
  }
  expect(codes).toEqual([...Array(20).fill('EMAIL_TAKEN'), 'TOO_MANY_ATTEMPTS']);
  const other = { email: 'bob@example.com' };
  expect((await register(users, other, '192.0.2.7')).user).toBeNull();
  expect((await register(users, other, '192.0.2.8')).user).not.toBeNull();
});

it('lets nobody guess a password by a key that was used', async () => {
  const users = await openUsers();
  await register(users, { idempotencyKey: 'k' });
  const again = (password: string) => register(users, { idempotencyKey: 'k', password });
  for (let i = 0; i < 11; i += 1) {
    const { userErrors } = await again(`guess number ${i}`);
    expect(userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT' }]);
  }
  expect((await again(PASSWORD)).user).toBeNull();
});

it('makes somebody known where they register', async () => {
  const users = await openUsers();
  const { blue, main } = STOREFRONTS;
  const homes = async () => {
    const rows = await users.sql<{ id: string }>(
      'select storefront_id as id from storefront_customers',
    );
    return rows.map(({ id }) => id);
  };
  const unknown = await register(users, { storefrontId: 'nonsense' });
  expect(unknown.userErrors).toEqual([{ code: 'UNKNOWN_STOREFRONT', field: ['storefrontId'] }]);
  expect(await homes()).toEqual([]);
  await register(users, { storefrontId: storefrontIds.encode(blue) });
  expect(await homes()).toEqual([blue]);
  await register(users, { email: 'other@example.com' });
  expect((await homes()).toSorted()).toEqual([blue, main].toSorted());
});
