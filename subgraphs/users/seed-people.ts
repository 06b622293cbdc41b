import type { Role } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Accounts } from './context.js';
import { cleanEmail } from './input.js';

export interface Person {
  email: string;
  password: string;
  name: string;
  roles: readonly Role[];
}

export interface SeededPerson {
  email: string;
  userId: string;
}

/**
 * Makes sure that these people have accounts, for a demo or a first administrator. Whoever is there already stays as
 * they are, password and roles included. Throws RangeError on what is no email address.
 */
export async function seedPeople(accounts: Accounts, people: Person[]): Promise<SeededPerson[]> {
  const wanted = people.map((person) => ({ ...person, email: emailOf(person) }));
  const known = await idsByEmail(accounts, wanted);
  const missing = wanted.filter(({ email }) => !known.has(email));
  await Promise.all(missing.map((person) => insert(accounts, person)));
  const ids = missing.length > 0 ? await idsByEmail(accounts, wanted) : known;
  return wanted.map(({ email }) => ({ email, userId: ids.get(email) ?? '' }));
}

function emailOf(person: Person): string {
  const email = cleanEmail(person.email);
  if (!email) throw new RangeError(`${person.email} is no email address`);
  return email;
}

async function insert({ db, passwords }: Accounts, person: Person): Promise<void> {
  await db.query(
    'users.seed',
    `insert into users (id, email, name, password_hash, roles, email_verified_at)
     values ($1, $2, $3, $4, $5, now())
     on conflict (email) do nothing`,
    [newId(), person.email, person.name, await passwords.hash(person.password), person.roles],
  );
}

async function idsByEmail({ db }: Accounts, people: Person[]): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; email: string }>(
    'users.idsByEmail',
    'select id, email from users where email = any($1::text[])',
    [people.map(({ email }) => email)],
  );
  return new Map(rows.map(({ id, email }) => [email, id]));
}
