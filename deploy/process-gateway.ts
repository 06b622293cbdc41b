import { forwardTo } from '@waybill/gateway/index.js';
import { remoteCommands } from '@waybill/kernel/commands.js';
import { request } from '@waybill/kernel/http-client.js';
import type { Commands } from '@waybill/schema/commands.js';
import type { JSONWebKeySet } from 'jose';
import { openAccessFeed } from './access-feed.js';
import { backendOf, openAccessLive } from './access-live.js';
import { issuerAuthentication } from './external-issuer.js';
import { listenFault } from './fault.js';
import { issuerOf } from './issuer-settings.js';
import { openGateway } from './open-gateway.js';
import { operationPolicy } from './operation-settings.js';
import { openPartners } from './partners.js';
import { rateLimits } from './rate-limits.js';
import { remoteSource } from './remote.js';
import { responseCache } from './response-cache.js';
import { runProcess } from './run-process.js';

/** Milliseconds for a file to travel and to be looked at. */
const FILE_TIMEOUT_MS = 300_000;

await runProcess('gateway', async (settings, parts, log, metrics) => {
  const { HOST, PORT, INTERNAL_SECRET: secret } = settings;
  const { REDIS_URL: redisUrl, QUEUES_PREFIX: queuesPrefix } = settings;
  const service = { url: settings.USERS_URL, secret, service: 'gateway' };
  const users = remoteCommands<Commands['users']>(service);
  const catalog = remoteCommands<Commands['catalog']>({ ...service, url: settings.CATALOG_URL });
  const live = await openAccessLive(backendOf(settings), parts, log);
  const access = openAccessFeed({ read: users.readAccessChanges, live, log });
  parts.add(async () => access.close());
  const partners = openPartners(users, access, parts, log);
  const gateway = await openGateway({
    dataSources: {
      users: remoteSource(settings.USERS_URL, secret),
      catalog: remoteSource(settings.CATALOG_URL, secret),
      orders: remoteSource(settings.ORDERS_URL, secret),
      payments: remoteSource(settings.PAYMENTS_URL, secret),
    },
    keys: () => request<JSONWebKeySet>(`${settings.USERS_URL}/.well-known/jwks.json`, {}),
    partners,
    issuer: issuerAuthentication(issuerOf(settings), { users, catalog }),
    access,
    demo: settings.SEED_DEMO,
    policy: operationPolicy(settings),
    metrics,
    answers: responseCache({ responseCache: settings.RESPONSE_CACHE, redisUrl, queuesPrefix }, log),
    front: settings,
    paymentWebhooks: forwardTo(settings.PAYMENTS_URL),
    files: forwardTo(settings.CATALOG_URL, FILE_TIMEOUT_MS),
    rateLimits: rateLimits({ front: settings, redisUrl, queuesPrefix }, partners.rateClassOf, log),
    graceMs: settings.SHUTDOWN_GRACE_SECONDS * 1000,
    log,
  });
  parts.add(gateway.close);
  const { port } = await gateway.listen(PORT, HOST).catch((error) => {
    throw listenFault(error, 'PORT', PORT);
  });
  return { url: `http://localhost:${port}` };
});
