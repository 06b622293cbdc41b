import type { AdmittedPerson } from '@waybill/schema/commands.js';
import { expect, it } from 'vitest';
import { openUsers, type TestUsers } from './testing/users.js';

function person(subject: string, changes: Partial<AdmittedPerson> = {}): AdmittedPerson {
  return {
    ...{ issuer: 'https://login.example', subject, email: null, isEmailVerified: false },
    ...{ name: subject, roles: ['CUSTOMER'], storefrontIds: null, ...changes },
  };
}

async function admit({ subgraph }: TestUsers, ...people: AdmittedPerson[]): Promise<string[]> {
  const admitted = await subgraph.commands.admitPerson(people);
  return admitted.map((answer) => {
    if (answer instanceof Error) throw answer;
    return answer.userId;
  });
}

it('makes one user of somebody, however often and however much at once they come', async () => {
  const users = await openUsers();
  const ids = await admit(users, ...Array.from({ length: 8 }, () => person('ada')));
  expect(new Set([...ids, ...(await admit(users, person('ada')))]).size).toBe(1);
  expect(await admit(users, person('ada', { issuer: 'https://other.example' }))).not.toEqual([
    ids[0],
  ]);
});

it('gives one email to one user, also when two come with it at the same moment', async () => {
  const users = await openUsers();
  const email = 'shared@there.example';
  const both = [person('one', { email }), person('two', { email })];
  expect(new Set(await admit(users, ...both)).size).toBe(2);
  expect(await users.sql(`select count(*)::int as n from users where email = '${email}'`)).toEqual([
    { n: 1 },
  ]);
});

it('gives an account from before to who is known to own its email, once', async () => {
  const users = await openUsers();
  const { userId } = await users.person('mary');
  const email = 'mary@example.com';
  expect(await admit(users, person('thief', { email }))).not.toEqual([userId]);
  const verified = { email, isEmailVerified: true };
  expect(await admit(users, person('mary', verified))).toEqual([userId]);
  expect(await admit(users, person('another', verified))).not.toEqual([userId]);
});

it('gives an account whose email nobody has verified to nobody', async () => {
  const users = await openUsers();
  const { userId } = await users.person('mary');
  await users.sql('update users set email_verified_at = null');
  const [id] = await admit(
    users,
    person('mary', { email: 'mary@example.com', isEmailVerified: true }),
  );
  expect(id).not.toBe(userId);
});

it('takes no text for a name or an email that is none', async () => {
  const users = await openUsers();
  const [id] = await admit(users, person('x', { name: '\u0000', email: 'nonsense' }));
  expect(await users.sql(`select name, email from users where id = '${id}'`)).toEqual([
    { name: 'Somebody', email: null },
  ]);
});
