import type { Identity } from '@waybill/kernel/identity.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { expect, it } from 'vitest';
import { errorCode, openUsers, STOREFRONTS, type TestUsers } from './testing/users.js';

interface Customer {
  externalId: string;
  name: string;
  country?: string | null;
}

async function importAs({ run }: TestUsers, caller: Identity | undefined, customers: Customer[]) {
  const answer = await run(
    `mutation Import($input: ImportCustomersInput!) {
      importCustomers(input: $input) {
        created updated
        users { id externalId name country email roles }
        userErrors { code field }
      }
    }`,
    caller,
    { input: { customers } },
  );
  return answer.importCustomers ?? answer;
}

const customers = (count: number): Customer[] =>
  Array.from({ length: count }, (_, i) => ({
    externalId: String(12_000 + i),
    name: `Customer ${12_000 + i}`,
    country: 'United Kingdom',
  }));

it('creates customers, and changes nothing the second time', async () => {
  const users = await openUsers();
  const staff = await users.person('staff', 'STAFF');
  const first = await importAs(users, staff, customers(3));
  expect(first).toMatchObject({ created: 3, updated: 0, userErrors: [] });
  expect(first.users[0]).toMatchObject({
    externalId: '12000',
    name: 'Customer 12000',
    country: 'United Kingdom',
    email: null,
    roles: ['CUSTOMER'],
  });
  const again = await importAs(users, staff, customers(3));
  expect(again).toEqual({ ...first, created: 0 });
});

it('updates what has changed, keeps a country that is left out, and answers in the order asked', async () => {
  const users = await openUsers();
  const staff = await users.person('staff', 'STAFF');
  await importAs(users, staff, customers(3));
  const answer = await importAs(users, staff, [
    { externalId: '13000', name: 'New' },
    { externalId: '12001', name: 'Renamed' },
    { externalId: '12000', name: 'Customer 12000' },
    { externalId: '12002', name: 'Customer 12002', country: 'EIRE' },
  ]);
  expect(answer).toMatchObject({
    created: 1,
    updated: 2,
    users: [
      { externalId: '13000', name: 'New', country: null },
      { externalId: '12001', name: 'Renamed', country: 'United Kingdom' },
      { externalId: '12000', name: 'Customer 12000', country: 'United Kingdom' },
      { externalId: '12002', name: 'Customer 12002', country: 'EIRE' },
    ],
  });
});

it('reports what is wrong by its place and goes on with the rest', async () => {
  const users = await openUsers();
  const staff = await users.person('staff', 'STAFF');
  const answer = await importAs(users, staff, [
    { externalId: ' ', name: 'No key' },
    { externalId: '1', name: 'One' },
    { externalId: '2', name: '', country: 'x'.repeat(201) },
    { externalId: '3', name: 'a\u0000b' },
    { externalId: '1', name: 'One, said again', country: ' ' },
  ]);
  expect(answer).toMatchObject({
    created: 1,
    users: [{ externalId: '1', name: 'One, said again', country: null }],
    userErrors: [
      { code: 'INVALID_TEXT', field: ['customers', '0', 'externalId'] },
      { code: 'INVALID_TEXT', field: ['customers', '2', 'name'] },
      { code: 'INVALID_TEXT', field: ['customers', '2', 'country'] },
      { code: 'INVALID_TEXT', field: ['customers', '3', 'name'] },
    ],
  });
});

it('takes thousands in two statements, and several imports at once', async () => {
  const users = await openUsers();
  const staff = await users.person('staff', 'STAFF');
  const many = customers(4_000);
  const statements = await statementsOf(async () => {
    expect((await importAs(users, staff, many)).created).toBe(4_000);
  });
  expect(statements).toEqual(['users.import', 'users.byExternalId']);

  const renamed = many.map((customer) => ({ ...customer, name: 'Same for all' }));
  const answers = await Promise.all([
    importAs(users, staff, renamed),
    importAs(users, staff, renamed.toReversed()),
  ]);
  const updated = answers.map((answer) => answer.updated);
  expect(updated.toSorted()).toEqual([0, 4_000]);
});

it('refuses more than it can hold, and callers who are not staff', async () => {
  const users = await openUsers();
  const refusal = async (caller: Identity | undefined, count: number) => {
    const answer = await importAs(users, caller, customers(count));
    return answer.userErrors?.[0].code ?? errorCode(answer);
  };
  expect(await refusal(await users.person('sam', 'STAFF'), 10_001)).toBe('TOO_MANY_CUSTOMERS');
  expect(await refusal(await users.person('ada'), 1)).toBe('FORBIDDEN');
  expect(await refusal(await users.person('eve', 'CUSTOMER'), 1)).toBe('FORBIDDEN');
  expect(await refusal(undefined, 1)).toBe('UNAUTHENTICATED');
});

it('makes them customers of the storefronts of who imports, and changes nobody of others', async () => {
  const users = await openUsers();
  const staff = await users.person('staff', 'STAFF');
  const ofBlue = { ...staff, realms: [STOREFRONTS.blue] };
  await importAs(users, staff, customers(1));
  const [known, fresh] = customers(2);
  const answer = await importAs(users, ofBlue, [
    { ...known, name: 'Theirs' } as Customer,
    fresh as Customer,
  ]);
  expect(answer).toMatchObject({
    ...{ created: 1, updated: 0, users: [{ externalId: '12001' }] },
    userErrors: [{ code: 'CUSTOMER_ELSEWHERE', field: ['customers', '0', 'externalId'] }],
  });
  const rows = await users.sql<{ name: string; home: string }>(
    'select name, home_storefront_id as home from users where external_id is not null order by external_id',
  );
  expect(rows).toEqual([
    { name: 'Customer 12000', home: STOREFRONTS.main },
    { name: 'Customer 12001', home: STOREFRONTS.blue },
  ]);
  expect(await importAs(users, ofBlue, [{ ...fresh, name: 'Renamed' } as Customer])).toMatchObject({
    ...{ created: 0, updated: 1, userErrors: [] },
  });
});
