import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { client } from '../../support/client.js';
import { placed, stepsUntil } from '../../support/orders.js';
import { logIn } from '../../support/shop.js';
import { startTestWaybill, type TestWaybill } from '../../support/waybill.js';

let waybill: TestWaybill;
beforeAll(async () => {
  waybill = await startTestWaybill();
});
afterAll(() => waybill?.close());

const PASSWORD = 'correct horse battery';
const ADDRESS = {
  ...{ name: 'Ada Lovelace', line1: 'Ockham Park', city: 'Ockham' },
  ...{ postalCode: 'GU23', country: 'GB' },
};

/** Every row of every table, as text. */
async function everythingIn(url: string): Promise<string> {
  const database = new pg.Client(url);
  await database.connect();
  try {
    const { rows: tables } = await database.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const texts = [];
    for (const { name } of tables) {
      const { rows } = await database.query(`select t::text from ${name} t`);
      texts.push(JSON.stringify(rows));
    }
    return texts.join();
  } finally {
    await database.end();
  }
}

it('goes from all databases, and its orders stay', async () => {
  const { register } = await client(waybill.url).ask<{
    register: { accessToken: string; user: { id: string } };
  }>(`mutation ($input: RegisterInput!) { register(input: $input) { accessToken user { id } } }`, {
    input: { email: 'lovelace@example.com', name: 'Ada Lovelace', password: PASSWORD },
  });
  const ada = client(waybill.url, register.accessToken);
  const lines = [{ sku: 'MUG-ENAMEL', quantity: 1 }];
  const orderId = await placed(ada, { lines, notifyCustomer: true });
  await stepsUntil(ada, orderId, 'CONFIRMED');
  const input = { ...ADDRESS, idempotencyKey: 'k' };
  await ada.ask(
    'mutation ($input: AddAddressInput!) { addAddress(input: $input) { address { id } } }',
    {
      input,
    },
  );
  await ada.ask(
    'mutation ($input: CreateDraftInput!) { createDraft(input: $input) { order { id } } }',
    {
      input: { lines, shippingAddress: ADDRESS, idempotencyKey: 'k' },
    },
  );

  const { deleteMyAccount } = await ada.ask<{ deleteMyAccount: { done: boolean } }>(
    'mutation ($input: DeleteMyAccountInput!) { deleteMyAccount(input: $input) { done } }',
    { input: { password: PASSWORD } },
  );
  expect(deleteMyAccount.done).toBe(true);

  const urls = Object.values(waybill.databases.databaseUrls).filter((url) => url !== undefined);
  const left = async () => {
    const texts = await Promise.all(urls.map(everythingIn));
    return texts.flatMap((text) => text.match(/lovelace|ockham/gi) ?? []);
  };
  // Drafts go a moment later, and so do mails that are on their way.
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);

  const admin = client(waybill.url, await logIn(client(waybill.url), DEMO_PEOPLE.admin));
  const { order } = await admin.ask<{ order: unknown }>(
    `query ($id: ID!) {
      order(id: $id) { status customer { id name email } integrity { ok } }
    }`,
    { id: orderId },
  );
  expect(order).toEqual({
    status: 'CONFIRMED',
    customer: { id: register.user.id, name: 'Deleted user', email: null },
    integrity: { ok: true },
  });
  const { errors } = await ada.answer('{ me { name } }');
  expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
});
