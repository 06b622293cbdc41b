import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { isWithin, realmsOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { UsersContext } from './context.js';
import { type UsersError, UsersErrorCode } from './graphql/errors.js';
import {
  type CustomerInput,
  ImportCustomersInput,
  ImportCustomersPayload,
} from './graphql/import-customers.js';
import { toUser, USER_COLUMNS, type User, type UserRow } from './graphql/user.js';
import { cleanText, MAX_TEXT } from './input.js';
import { once } from './once.js';
import { readStorefront, storefrontIds, unknownStorefront } from './storefronts.js';

/** Customers in one call, at the most. */
const MAX_CUSTOMERS = 10_000;

@Resolver()
export class ImportCustomersMutation {
  @Access('STAFF')
  @Mutation(() => ImportCustomersPayload, {
    description:
      'Creates or updates customers by their external id. For staff. What is wrong is reported and the rest goes on; a second call with the same customers changes nothing.',
  })
  async importCustomers(
    @Arg('input', () => ImportCustomersInput, { description: 'The customers.' })
    input: ImportCustomersInput,
    @Ctx() ctx: UsersContext,
  ): Promise<ImportCustomersPayload> {
    const refused = refusal(input);
    if (refused) return nothing([refused]);
    const { customers: sound, userErrors } = checkCustomers(input.customers);
    const home = await homeFor(ctx, input.storefrontId);
    if (!home) return nothing([...userErrors, unknownStorefront()]);
    const { customers, elsewhere } = await ours(ctx, sound);
    userErrors.push(...elsewhere.map((customer) => notOurs(input, customer)));
    if (customers.length === 0) return nothing(userErrors);
    const asked = { mutation: 'importCustomers', input, nothing: { created: 0, updated: 0 } };
    const { errors, ...counts } = await once<Imported>(ctx, asked, (db) =>
      importCustomers(db, customers, home),
    );
    if (errors.length > 0) return nothing(errors);
    return { ...counts, users: await named(ctx, customers), userErrors };
  }
}

const nothing = (userErrors: UsersError[]): ImportCustomersPayload => ({
  created: 0,
  updated: 0,
  users: [],
  userErrors,
});

function refusal({ customers }: ImportCustomersInput): UserError<UsersErrorCode> | undefined {
  if (customers.length > MAX_CUSTOMERS) {
    const message = `One call imports ${MAX_CUSTOMERS} customers at the most.`;
    return userError(UsersErrorCode.TOO_MANY_CUSTOMERS, message, ['customers']);
  }
  return undefined;
}

interface Customer {
  externalId: string;
  name: string;
  country: string | null;
}

function checkCustomers(inputs: CustomerInput[]) {
  const userErrors: UserError<UsersErrorCode>[] = [];
  // The last one wins where an external id comes twice: one statement cannot touch a row twice.
  const customers = new Map<string, Customer>();
  inputs.forEach((input, i) => {
    const country = input.country?.trim() ? cleanText(input.country) : null;
    const customer = {
      externalId: cleanText(input.externalId),
      name: cleanText(input.name),
      country,
    };
    const wrong = Object.entries(customer).filter(([, value]) => value === undefined);
    for (const [field] of wrong) userErrors.push(unfit(i, field));
    if (wrong.length === 0) customers.set(input.externalId.trim(), customer as Customer);
  });
  return { customers: [...customers.values()], userErrors };
}

function unfit(index: number, field: string): UserError<UsersErrorCode> {
  const message = `${field} must have 1 to ${MAX_TEXT} characters and no control characters.`;
  return userError(UsersErrorCode.INVALID_TEXT, message, ['customers', String(index), field]);
}

/** The storefront that they become customers of, by bare id; undefined where that is not the asker's. */
async function homeFor(
  { accounts, identity }: UsersContext,
  named: string | null | undefined,
): Promise<string | undefined> {
  const realms = realmsOf(identity);
  const only = realms?.length === 1 ? realms[0] : undefined;
  const asked = named ?? (only && storefrontIds.encode(only));
  const home = await readStorefront(accounts, asked);
  return home && isWithin(identity, home) ? home : undefined;
}

/** Whom staff may change: not a customer whom other storefronts know, and theirs do not. */
async function ours({ accounts, identity }: UsersContext, customers: Customer[]) {
  const realms = realmsOf(identity);
  if (!realms) return { customers, elsewhere: [] };
  const rows = await accounts.db.query<{ externalId: string }>(
    'users.elsewhere',
    `select external_id as "externalId" from users
     where external_id = any($1::text[]) and not exists (
       select from storefront_customers k where k.user_id = users.id and k.storefront_id = any($2::uuid[]))`,
    [customers.map(({ externalId }) => externalId), realms],
  );
  const others = new Set(rows.map(({ externalId }) => externalId));
  return {
    customers: customers.filter(({ externalId }) => !others.has(externalId)),
    elsewhere: customers.filter(({ externalId }) => others.has(externalId)),
  };
}

function notOurs(
  { customers }: ImportCustomersInput,
  { externalId }: Customer,
): UserError<UsersErrorCode> {
  const index = customers.findIndex((each) => each.externalId.trim() === externalId);
  const field = ['customers', String(index), 'externalId'];
  return userError(UsersErrorCode.CUSTOMER_ELSEWHERE, 'Other storefronts know them.', field);
}

interface Imported {
  created: number;
  updated: number;
  errors: UsersError[];
}

async function importCustomers(
  { query }: Database,
  customers: Customer[],
  home: string,
): Promise<Imported> {
  const values = [...columns(customers), home];
  const written = await query<{ created: boolean }>('users.import', UPSERT, values);
  const created = written.filter((row) => row.created).length;
  return { created, updated: written.length - created, errors: [] };
}

/** The customers with these external ids, in their sequence. */
async function named({ accounts }: UsersContext, customers: Customer[]): Promise<User[]> {
  const rows = await accounts.db.query<UserRow>(
    'users.byExternalId',
    `select ${USER_COLUMNS} from unnest($1::text[]) with ordinality as wanted (external_id, position)
     join users using (external_id) order by position`,
    [customers.map((customer) => customer.externalId)],
  );
  return rows.map(toUser);
}

/**
 * Rows are locked in the order of their external ids, so that two imports at once do not wait for each other in a
 * circle. A row that says the same is not written. `xmax` is 0 in a row that this statement inserted.
 */
const UPSERT = `
  insert into users (id, external_id, name, country, roles, home_storefront_id)
  select id, external_id, name, country, '{CUSTOMER}', $5::uuid
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as imported (id, external_id, name, country)
  order by external_id
  on conflict (external_id) do update
    set name = excluded.name, country = coalesce(excluded.country, users.country)
    where (users.name, users.country)
      is distinct from (excluded.name, coalesce(excluded.country, users.country))
  returning xmax = 0 as created`;

function columns(customers: Customer[]): unknown[] {
  return [
    customers.map(newId),
    customers.map((customer) => customer.externalId),
    customers.map((customer) => customer.name),
    customers.map((customer) => customer.country),
  ];
}
