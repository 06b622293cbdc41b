import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openAccessFeed } from '@waybill/deploy/access-feed.js';
import { type Closing, closing } from '@waybill/deploy/closing.js';
import { processMetrics } from '@waybill/deploy/metrics.js';
import { openGateway } from '@waybill/deploy/open-gateway.js';
import { openPartners } from '@waybill/deploy/partners.js';
import { withDefaults } from '@waybill/deploy/waybill.js';
import { inProcessSource } from '@waybill/gateway/index.js';
import { type HttpAnswer, post, sha256 } from '@waybill/gateway/testing/http.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { openLive } from '@waybill/kernel/live.js';
import { silentLog } from '@waybill/kernel/log.js';
import { ACCESS_TOPIC, type RecordedAccessChange } from '@waybill/schema/access.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type System, startSystem } from '../../support/system.js';

const ADMIN: Identity = { kind: 'user', userId: newId(), roles: ['ADMIN'] };
const SHOPS = 'query Shops { storefronts(first: 1) { edges { node { code } } } }';

const house = JSON.parse(
  readFileSync(new URL('../../../schema/operations/manifest.json', import.meta.url), 'utf8'),
) as { operations: Array<{ id: string; name: string }> };
const RETIRE = house.operations.find(({ name }) => name === 'RetireOperations')?.id;

const log = silentLog;
let system: System;
let parts: Closing;
let urls: string[];
let secret: string;

/** A gateway as a process of its own would open it: what it knows of partners and of access is its own. */
async function openFront(): Promise<string> {
  const { backend, commands, subgraphs } = system;
  const live = await openLive<RecordedAccessChange>(backend, log, ACCESS_TOPIC);
  parts.add(live.close);
  const access = openAccessFeed({
    ...{ read: commands.users.readAccessChanges, live, log },
    // Whatever is heard of in time is heard on the bus.
    lookAgainMs: 600_000,
  });
  parts.add(async () => access.close());
  const { urls: databaseUrls } = system;
  const internalSecret = randomBytes(32).toString('hex');
  const { operations: policy, front } = withDefaults({ databaseUrls, internalSecret });
  const gateway = await openGateway({
    dataSources: {
      users: inProcessSource(subgraphs.users),
      catalog: inProcessSource(subgraphs.catalog),
      orders: inProcessSource(subgraphs.orders),
      payments: inProcessSource(subgraphs.payments),
    },
    keys: subgraphs.users.jwks,
    partners: openPartners(commands.users, access, parts, log),
    ...{ issuer: undefined, access, demo: false, policy, metrics: processMetrics() },
    ...{ answers: undefined, front, rateLimits: false, log },
    paymentWebhooks: subgraphs.payments.webhooks,
    files: subgraphs.catalog.files,
  });
  parts.add(gateway.close);
  const { port } = await gateway.listen(0, '127.0.0.1');
  return `http://127.0.0.1:${port}/graphql`;
}

beforeAll(async () => {
  system = await startSystem({ tellsGateways: true });
  parts = closing();
  urls = [await openFront(), await openFront()];
  const { createPartner } = await system.ask<{ createPartner: { partner: { id: string } } }>(
    ...['users' as const, ADMIN],
    'mutation { createPartner(input: { name: "Acme" }) { partner { id } } }',
  );
  const partnerId = createPartner.partner.id;
  const { createApiKey } = await system.ask<{ createApiKey: { secret: string } }>(
    ...['users' as const, ADMIN],
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }',
    { input: { partnerId, name: 'shop', scopes: ['READ', 'OPERATIONS'] } },
  );
  secret = createApiKey.secret;
  await system.sql(
    'users',
    `insert into registered_operations (partner_id, id, name, kind, text, cost, state)
     values ($1, $2, 'Shops', 'QUERY', $3, 1, 'APPROVED')`,
    [partnerId.replace('Partner_', ''), sha256(SHOPS), SHOPS],
  );
});
afterAll(async () => {
  await parts?.close();
  await system?.close();
});

const run = async (url: string, asked: object): Promise<HttpAnswer['body']> =>
  (await post(url, asked, { 'x-api-key': secret })).body;

it('an operation that is retired by way of one gateway runs on no other', async () => {
  const [one = '', other = ''] = urls;
  const asked = { documentId: sha256(SHOPS) };
  for (const url of urls) {
    expect((await run(url, asked)).data).toMatchObject({ storefronts: { edges: [{}] } });
  }
  const input = { operationIds: [sha256(SHOPS)] };
  const retired = await run(one, { documentId: RETIRE, variables: { input } });
  expect(retired.data).toMatchObject({ retireOperations: { userErrors: [] } });
  const codeAt = async (url: string) => (await run(url, asked)).errors?.[0]?.extensions.code;
  expect(await codeAt(one)).toBe('PERSISTED_QUERY_NOT_FOUND');
  await expect.poll(() => codeAt(other), { interval: 10 }).toBe('PERSISTED_QUERY_NOT_FOUND');
});
