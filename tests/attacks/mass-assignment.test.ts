import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@waybill/scripts/check/source-files.js';
import { buildSchema } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Declaration } from '../access/declarations.js';
import { operationFor } from '../access/generated-operation.js';
import { type Customer, openShop, type Shop } from '../support/shop.js';

/** What somebody might hope to set who should not; what an input really has is left out. */
const WISHES = {
  id: 'User_01900000-0000-7000-8000-000000000000',
  uuid: '01900000-0000-7000-8000-000000000000',
  roles: ['ADMIN'],
  role: 'ADMIN',
  isAdmin: true,
  userId: 'User_01900000-0000-7000-8000-000000000000',
  customerId: 'User_01900000-0000-7000-8000-000000000000',
  placedBy: '01900000-0000-7000-8000-000000000000',
  status: 'CONFIRMED',
  paymentStatus: 'PAID',
  total: { amount: '0.00', currency: 'GBP' },
  unitPrice: '0.00',
  passwordHash: 'x',
  createdAt: '2020-01-01T00:00:00Z',
  constructor: { prototype: { roles: ['ADMIN'] } },
} as const;

const api = buildSchema(readFileSync(join(repositoryRoot(), 'schema/api.graphql'), 'utf8'));
const mutations = Object.values(api.getMutationType()?.getFields() ?? {});

let shop: Shop;
let customer: Customer;
let database: pg.Client;
beforeAll(async () => {
  shop = await openShop();
  customer = await shop.customer();
  database = new pg.Client(shop.databaseUrls.users);
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await shop?.close();
});

const people = async () => {
  const { rows } = await database.query('select * from users order by id');
  return rows;
};

describe('an input takes nothing but its own fields', () => {
  it.each(mutations.map((field) => [field.name, field] as const))('%s', async (name, field) => {
    const operation = operationFor({ kind: 'mutation', field } as Declaration, customer.id);
    const { input } = operation.variables as { input: Record<string, unknown> };
    const type = api.getType(String(field.args[0]?.type).replace('!', ''));
    const own = type && 'getFields' in type ? Object.keys(type.getFields()) : [];
    const before = await people();
    for (const [wish, value] of Object.entries(WISHES)) {
      if (own.includes(wish)) continue;
      const variables = { input: { ...input, [wish]: value } };
      const { data, errors } = await customer.answer(operation.source, variables);
      expect([name, wish, data, errors?.map(({ extensions }) => extensions?.code)]).toEqual([
        ...[name, wish, undefined],
        ['BAD_USER_INPUT'],
      ]);
    }
    expect(await people()).toEqual(before);
  });
});

it('in the text of an operation it is no better', async () => {
  const { errors } = await shop.nobody.answer(
    `mutation { register(input: {
      email: "mallory@example.com", password: "correct horse", name: "Mallory", roles: [ADMIN]
    }) { user { id } } }`,
  );
  expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  const { rows } = await database.query("select from users where email = 'mallory@example.com'");
  expect(rows).toEqual([]);
});

it('a prototype is no field', async () => {
  const text = `{"query": "mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }",
    "variables": { "input": { "email": "mallory@example.com", "password": "correct horse", "name": "Mallory",
      "__proto__": { "roles": ["ADMIN"] } } } }`;
  const response = await fetch(shop.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: text,
  });
  const { errors } = (await response.json()) as { errors: unknown };
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});
