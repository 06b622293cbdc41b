import { newId } from '@waybill/kernel/ids.js';
import { expect, it } from 'vitest';
import { changePartner } from '../testing/partners.js';
import { openUsers } from '../testing/users.js';
import { partnerIds } from './partner.js';

const REGISTER = `mutation ($input: RegisterOperationsInput!) {
  registerOperations(input: $input) { userErrors { code } } }`;
const WEBHOOK = `mutation ($input: CreateWebhookInput!) {
  createWebhook(input: $input) { webhook { id } userErrors { code field } } }`;

it('ends keys, operations and webhooks at once and for good; the partner stays as a name', async () => {
  const users = await openUsers();
  const admin = await users.person('kim', 'ADMIN');
  const change = (mutation: Parameters<typeof changePartner>[1], input: object) =>
    changePartner(users, mutation, admin, input);
  const { partner } = await change('createPartner', { name: 'Acme' });
  const partnerId = partnerIds.decode(partner.id) ?? '';
  const key = { partnerId: partner.id, name: 'shop', scopes: ['READ'] };
  const keys = [await change('createApiKey', key), await change('createApiKey', key)];
  await change('withdrawApiKey', { apiKeyId: keys[0]?.apiKey.id });
  const webhook = { partnerId: partner.id, url: 'https://a.example/', events: ['ORDER_PLACED'] };
  await users.run(WEBHOOK, admin, { input: webhook });
  await users.sql(`insert into registered_operations (partner_id, id, name, kind, text, cost, state)
    values ('${partnerId}', 'a', 'A', 'QUERY', 'query A { me { id } }', 1, 'APPROVED')`);
  const approved = async () =>
    (await users.subgraph.commands.approvedOperations([{ partnerId }])).flatMap((answer) =>
      answer instanceof Error ? [] : answer.operations,
    );
  expect(await approved()).toHaveLength(1);

  const closed = await change('closePartner', { partnerId: partner.id });
  expect(closed).toMatchObject({ partner: { name: 'Acme' }, userErrors: [] });
  expect(await change('closePartner', { partnerId: partner.id })).toEqual(closed);
  expect(await approved()).toEqual([]);
  const left = await users.sql(`select
    (select count(*)::int from api_keys where withdrawn_at is null) as keys,
    (select count(*)::int from webhooks where enabled) as webhooks,
    (select state from registered_operations) as operations`);
  expect(left).toEqual([{ keys: 0, webhooks: 0, operations: 'RETIRED' }]);
  const told = await users.sql<{ kind: string }>(
    `select change->>'kind' as kind from access_changes order by seq`,
  );
  expect(told.map(({ kind }) => kind)).toEqual([
    ...['KEY_WITHDRAWN', 'PARTNER_CHANGED', 'KEY_WITHDRAWN'],
  ]);

  const none = [{ code: 'NOT_FOUND', field: ['partnerId'] }];
  expect((await change('createApiKey', key)).userErrors).toEqual(none);
  const { createWebhook } = await users.run(WEBHOOK, admin, { input: webhook });
  expect(createWebhook.userErrors).toEqual(none);
  const operations = { partnerId: partner.id, manifest: { b: 'query B { me { id } }' } };
  const { registerOperations } = await users.run(REGISTER, admin, { input: operations });
  expect(registerOperations.userErrors).not.toEqual([]);
  const { auditLog } = await users.run(
    '{ auditLog(first: 1) { edges { node { action data } } } }',
    admin,
  );
  expect(auditLog.edges[0].node).toEqual({ action: 'PARTNER_CLOSED', data: { keysWithdrawn: 1 } });
});

it('closes none that there is not', async () => {
  const users = await openUsers();
  const admin = await users.person('kim', 'ADMIN');
  for (const partnerId of ['nonsense', partnerIds.encode(newId())]) {
    expect(await changePartner(users, 'closePartner', admin, { partnerId })).toEqual({
      ...{ partner: null, userErrors: [{ code: 'NOT_FOUND', field: ['partnerId'] }] },
    });
  }
});
