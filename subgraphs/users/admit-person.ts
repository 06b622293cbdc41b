import type { BatchHandler } from '@waybill/kernel/batch.js';
import { type Database, isUniqueViolation } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import type { AdmittedPerson } from '@waybill/schema/commands.js';
import { cleanEmail, cleanText } from './input.js';

/**
 * The command by which people whose account is kept elsewhere come in: the first token of somebody makes them a user,
 * later ones bring name, email, roles and storefronts up to date. Key: issuer and subject.
 */
export function admitPeople(db: Database): BatchHandler<AdmittedPerson, { userId: string }> {
  return (people) => Promise.all(people.map((person) => admit(db, person)));
}

async function admit(db: Database, person: AdmittedPerson): Promise<{ userId: string }> {
  const known = await admitOnce(db, person).catch((error) => {
    // Somebody came in with the same email, or the same person twice, at this very moment.
    if (isUniqueViolation(error)) return admitOnce(db, person);
    throw error;
  });
  return { userId: known };
}

async function admitOnce({ query }: Database, person: AdmittedPerson): Promise<string> {
  const { issuer, subject, isEmailVerified, roles, storefrontIds } = person;
  const email = cleanEmail(person.email ?? '') ?? null;
  const name = cleanText(person.name) ?? 'Somebody';
  const [user] = await query<{ id: string }>('users.admit', ADMIT, [
    ...[issuer, subject, email, isEmailVerified, name, roles, newId(), storefrontIds],
  ]);
  return user?.id as string;
}

/**
 * Somebody who had an account here before the issuer kept them keeps it, with all its orders, where both it and the issuer
 * have verified that the email is theirs: whoever registered with an email that they cannot read has no claim to what its
 * owner does later, and plants nothing there. An email that is somebody else's is left out.
 */
const ADMIT = `
  with known as (
    select id from users where issuer = $1 and subject = $2
  ), former as (
    select id from users
    where email = $3 and $4 and email_verified_at is not null and issuer is null
      and not exists (select from known)
  ), person as (
    select coalesce((select id from known), (select id from former), $7::uuid) as id
  ), own_email as (
    select case when not exists (select from users u, person p where u.email = $3 and u.id <> p.id) then $3 end as email
  )
  insert into users (id, issuer, subject, email, email_verified_at, name, roles, storefront_ids)
  select person.id, $1, $2, own_email.email, case when $4 and own_email.email is not null then now() end, $5, $6::text[], $8::uuid[]
  from person, own_email
  on conflict (id) do update set issuer = excluded.issuer, subject = excluded.subject, name = excluded.name,
    email = coalesce(excluded.email, users.email), roles = excluded.roles, storefront_ids = excluded.storefront_ids,
    email_verified_at = case
      when excluded.email is null or excluded.email = users.email then coalesce(users.email_verified_at, excluded.email_verified_at)
      else excluded.email_verified_at end
  returning id`;
