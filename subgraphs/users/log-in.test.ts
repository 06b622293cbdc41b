import { lockWaits } from '@waybill/kernel/testing/lock-waits.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { describe, expect, it } from 'vitest';
import { openUsers, PASSWORD, type TestUsers } from './testing/users.js';

async function logIn({ run }: TestUsers, email: string, password: string, address?: string) {
  const answer = await run(
    `mutation LogIn($input: LogInInput!) {
      logIn(input: $input) {
        user { email roles } accessToken expiresAt retryAt userErrors { code field message }
      }
    }`,
    undefined,
    { input: { email, password } },
    address,
  );
  return answer.logIn;
}

it('answers a token for the right password, whatever the case of the email', async () => {
  const users = await openUsers({ tokenTtlSeconds: 60 });
  await users.person('ada', 'STAFF', 'ADMIN');
  const before = Date.now();
  const session = await logIn(users, ' ADA@Example.com', PASSWORD);
  expect(session).toMatchObject({
    user: { email: 'ada@example.com', roles: ['STAFF', 'ADMIN'] },
    userErrors: [],
  });
  expect(session.accessToken.split('.')).toHaveLength(3);
  const seconds = (Date.parse(session.expiresAt) - before) / 1000;
  expect(seconds).toBeGreaterThan(58);
  expect(seconds).toBeLessThan(62);
});

it('says the same of a wrong password, an unknown email, no email and an imported customer', async () => {
  const users = await openUsers();
  const staff = await users.person('staff', 'STAFF');
  await users.run(
    `mutation { importCustomers(input: { customers: [{ externalId: "1", name: "One" }] }) { created } }`,
    staff,
  );
  const refused = await Promise.all([
    logIn(users, 'staff@example.com', 'wrong horse'),
    logIn(users, 'staff@example.com', ''),
    logIn(users, 'nobody@example.com', PASSWORD),
    logIn(users, '', PASSWORD),
    logIn(users, 'staff@example.com\u0000', PASSWORD),
  ]);
  const code = 'INVALID_CREDENTIALS';
  const userErrors = [{ code, field: null, message: 'Email or password is wrong.' }];
  for (const answer of refused) {
    expect(answer).toMatchObject({ user: null, accessToken: null, expiresAt: null, userErrors });
  }
});

it('lets nobody in by a password that is changed while it is checked', async () => {
  const users = await openUsers();
  const { userId } = await users.person('ada');
  const { entering } = await users.db.transaction(async (query) => {
    await query('test.change', 'update users set password_hash = $2 where id = $1', [userId, 'x']);
    const entering = logIn(users, 'ada@example.com', PASSWORD);
    await expect.poll(() => lockWaits(users.db.query)).toBe(1);
    return { entering };
  });
  expect(await entering).toMatchObject({
    ...{ user: null, accessToken: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] },
  });
  expect(await users.sql('select 1 from sessions')).toEqual([]);
});

const codesOf = (answers: Array<{ userErrors: Array<{ code: string }> }>) =>
  answers.map(({ userErrors }) => userErrors[0]?.code ?? 'LOGGED_IN');

describe('guessing', () => {
  it.each(['ada@example.com', 'nobody@example.com'])(
    'passwords of %s in one document ends with the tenth',
    async (email) => {
      const users = await openUsers();
      await users.person('ada');
      const guesses = Array.from(
        { length: 14 },
        (_, i) => `g${i}: logIn(input: { email: "${email}", password: "guess ${i}" }) {
          userErrors { code }
        }`,
      );
      const answers = await users.run(`mutation { ${guesses.join(' ')} }`);
      expect(codesOf(Object.values(answers))).toEqual([
        ...Array(10).fill('INVALID_CREDENTIALS'),
        ...Array(4).fill('TOO_MANY_ATTEMPTS'),
      ]);
    },
  );

  it('at once tells no more than ten times either, not even that the last guess is right', async () => {
    const users = await openUsers();
    await users.person('ada');
    const guesses = Array.from({ length: 20 }, (_, i) => `guess ${i}`);
    const answers = await Promise.all(
      guesses.map((guess) => logIn(users, 'ada@example.com', guess)),
    );
    const told = codesOf(answers).filter((code) => code === 'INVALID_CREDENTIALS');
    expect(told).toHaveLength(10);
    const right = await logIn(users, 'ada@example.com', PASSWORD);
    expect(codesOf([right])).toEqual(['TOO_MANY_ATTEMPTS']);
    const seconds = (Date.parse(right.retryAt) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(61);
  });

  it('is possible again after the time that was named, and a right password makes good for wrong ones', async () => {
    const users = await openUsers();
    await users.person('ada');
    const guess = () => logIn(users, 'ada@example.com', 'guess');
    for (let i = 0; i < 10; i += 1) await guess();
    expect(codesOf([await guess()])).toEqual(['TOO_MANY_ATTEMPTS']);
    await users.sql(`update throttles set free_at = free_at - interval '61 seconds'`);
    expect(codesOf([await logIn(users, 'ada@example.com', PASSWORD)])).toEqual(['LOGGED_IN']);
    const next = [await guess(), await guess()];
    expect(codesOf(next)).toEqual(['INVALID_CREDENTIALS', 'INVALID_CREDENTIALS']);
  });

  it('many accounts from one address ends, too; others go on', async () => {
    const users = await openUsers();
    await users.person('ada');
    const from = (address: string, email: string, password = 'guess') =>
      logIn(users, email, password, address);
    const emails = Array.from({ length: 51 }, (_, i) => `person-${i}@example.com`);
    const answers = [];
    for (const email of emails) answers.push(await from('2001:db8::1', email));
    expect(codesOf(answers).indexOf('TOO_MANY_ATTEMPTS')).toBe(50);
    const neighbour = await from('2001:db8::2', 'ada@example.com', PASSWORD);
    expect(codesOf([neighbour])).toEqual(['TOO_MANY_ATTEMPTS']);
    const stranger = await from('2001:db9::1', 'ada@example.com', PASSWORD);
    expect(codesOf([stranger])).toEqual(['LOGGED_IN']);
  });
});

it('does the same work for an email that nobody has', async () => {
  const users = await openUsers();
  await users.person('ada');
  const statements = (email: string) =>
    statementsOf(() => logIn(users, email, 'guess', '192.0.2.7'));
  const known = await statements('ada@example.com');
  expect(known.length).toBeGreaterThan(3);
  expect(await statements('nobody@example.com')).toEqual(known);
});

it('lets 64 people in who come at once, and answers others meanwhile', async () => {
  const users = await openUsers();
  const ada = await users.person('ada');
  let loggedIn = 0;
  const all = Array.from({ length: 64 }, async () => {
    const { userErrors } = await logIn(users, 'ada@example.com', PASSWORD);
    loggedIn += 1;
    return userErrors;
  });
  for (let i = 0; i < 3; i += 1) await users.run('{ me { name addresses { id } } }', ada);
  // However busy the machine is: these are not the last in the line.
  expect(loggedIn).toBeLessThan(64);
  expect(await Promise.all(all)).toEqual(Array(64).fill([]));
}, 60_000);

it('is written down, with the address: who logged in, and where it failed', async () => {
  const users = await openUsers();
  const { userId } = await users.person('ada');
  await logIn(users, 'ada@example.com', 'guess', '192.0.2.7');
  await logIn(users, 'nobody@example.com', 'guess', '192.0.2.7');
  await logIn(users, 'ada@example.com', PASSWORD, '192.0.2.8');
  const log = await users.sql('select action, subject, address from audit_log order by id');
  expect(log).toEqual([
    { action: 'LOG_IN_FAILED', subject: `User_${userId}`, address: '192.0.2.7' },
    { action: 'LOG_IN_FAILED', subject: 'unknown', address: '192.0.2.7' },
    { action: 'LOGGED_IN', subject: `User_${userId}`, address: '192.0.2.8' },
  ]);
});
