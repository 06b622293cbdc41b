import { existsSync, readFileSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import {
  type AnswerStore,
  type Authenticate,
  clientAddress,
  createGateway,
  type DataSource,
  type FetchEvent,
  type Gateway,
  type RateLimitOptions,
} from '@waybill/gateway/index.js';
import type { Log } from '@waybill/kernel/log.js';
import { MAX_FILE_BYTES, type RawHandler } from '@waybill/kernel/raw-request.js';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@waybill/schema/front-door.js';
import type { JSONWebKeySet } from 'jose';
import type { Registry } from 'prom-client';
import { type AccessFeed, recordingSource } from './access-feed.js';
import { bearerAuthentication, onceKnown, partnersAnd } from './authenticate.js';
import type { FrontSettings } from './front-settings.js';
import { graphiqlSetting } from './graphiql.js';
import type { OperationPolicy } from './operation-settings.js';
import type { Partners } from './partners.js';
import { PROJECT_ROOT, SUPERGRAPH } from './paths.js';

export interface OpenGatewayOptions {
  dataSources: Record<'users' | 'catalog' | 'orders' | 'payments', DataSource>;
  /** The public keys of access tokens. */
  keys(): Promise<JSONWebKeySet>;
  /** Who comes with an API key, and what they may run. */
  partners: Partners;
  /** Who checks tokens where an issuer keeps the accounts; undefined where they are our own. */
  issuer: Authenticate | undefined;
  /** What has changed since tokens were issued. */
  access: AccessFeed;
  /** Open GraphiQL with a token of the demo customer. */
  demo: boolean;
  /** What operations of clients may do. */
  policy: OperationPolicy;
  /** Where the gateway's metrics go; its own port, which is public, does not show them. */
  metrics: Registry;
  /** Where answers are kept; undefined for nowhere. */
  answers: AnswerStore | undefined;
  front: FrontSettings;
  /** Who takes the webhooks of payment providers, which come in at the front door. */
  paymentWebhooks: RawHandler;
  /** Who takes and serves images. */
  files: RawHandler;
  /** How much each caller may ask for. */
  rateLimits: RateLimitOptions | false;
  /** Milliseconds for which it goes on when told to close; none by default. */
  graceMs?: number;
  /** Told of each call to a subgraph. */
  onFetch?: ((fetch: FetchEvent) => void) | undefined;
  log: Log;
}

/** Milliseconds for what is in flight when the gateway stops: the whole process has five seconds. */
const DRAIN_MS = 2000;

const contract = (name: string) => join(PROJECT_ROOT, 'schema', name);

/** The gateway over the composed supergraph and the registered operations, both checked in under schema/. */
export async function openGateway(options: OpenGatewayOptions): Promise<Gateway> {
  const { dataSources, keys, access, policy, metrics, answers, front, rateLimits, log } = options;
  const { partners, graceMs = 0, onFetch } = options;
  const gateway: Gateway = await createGateway({
    supergraphFile: SUPERGRAPH,
    persistedOperations: manifest(),
    ...policy,
    dataSources: { ...dataSources, users: recordingSource(dataSources.users, access, log) },
    authenticate: onceKnown(access, partnersAnd(options.issuer ?? ownTokens(keys), partners)),
    reviseIdentity: access.revise,
    safelistFor: partners.safelistFor,
    graphiql: graphiqlSetting((operation) => gateway.execute(operation), options.demo),
    passThrough: [
      { prefix: '/webhooks/payments/', to: options.paymentWebhooks },
      { prefix: '/files/', to: options.files, maxBodyBytes: MAX_FILE_BYTES },
    ],
    otherRequests: pages(keys),
    metrics: { registry: metrics, exposed: false },
    caching: answers ? { store: answers } : {},
    subgraphCalls: {
      deadlineMs: front.SUBGRAPH_TIMEOUT_SECONDS * 1000,
      requestDeadlineMs: front.REQUEST_TIMEOUT_SECONDS * 1000,
    },
    rateLimits,
    addressOf: clientAddress(front.TRUSTED_PROXIES),
    ...(onFetch && { onFetch }),
    shutdownGraceMs: graceMs,
    shutdownDeadlineMs: DRAIN_MS,
    log,
  });
  return gateway;
}

const ownTokens = (jwks: OpenGatewayOptions['keys']) =>
  bearerAuthentication({ jwks, issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE });

function manifest() {
  const file = contract('operations/manifest.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** What is neither GraphQL nor a webhook: the way to GraphiQL, and the keys against which tokens can be checked. */
function pages(keys: OpenGatewayOptions['keys']): RequestListener {
  return (request, response) => {
    if (request.url === '/') response.writeHead(302, { location: '/graphiql' }).end();
    else if (request.url === '/.well-known/jwks.json') publishKeys(keys, response);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
  };
}

function publishKeys(keys: OpenGatewayOptions['keys'], response: ServerResponse): void {
  keys().then(
    (jwks) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'max-age=300' })
        .end(JSON.stringify(jwks)),
    () => response.writeHead(503, { 'content-type': 'text/plain' }).end('Not now'),
  );
}
