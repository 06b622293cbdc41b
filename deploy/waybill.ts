import type { FetchEvent } from '@waybill/gateway/index.js';
import { type AccountSettings, accountSettings } from './account-settings.js';
import { type FrontSettings, frontSettings } from './front-settings.js';
import type { MailCatcher } from './mail-catcher.js';
import type { OperationPolicy } from './operation-settings.js';
import type { PaymentSettings } from './payment-settings.js';
import type { DatabaseName } from './secrets.js';
import { type Stage, silentStage } from './stages.js';

/** What both topologies are started with. */
export interface WaybillOptions {
  /** `queues` may be left out where `redisUrl` is given. */
  databaseUrls: Record<Exclude<DatabaseName, 'queues'>, string> & { queues?: string | undefined };
  redisUrl?: string | undefined;
  /** Separates systems that share one Redis; default `waybill`. */
  queuesPrefix?: string;
  /** Of the gateway; 0, the default, takes any free port. The same goes for the other two. */
  port?: number;
  opsPort?: number;
  smtpPort?: number;
  host?: string;
  /** Mail is caught on `smtpPort` where this is left out. */
  smtpUrl?: string | undefined;
  mailFrom?: string;
  /** Where mail for staff goes; left out, they get none. */
  staffMailTo?: string | undefined;
  /** Below how many units a SKU is low of which nobody said; 0, the default: never. */
  lowStockThreshold?: number;
  /** Where images are kept: `file:FOLDER` or `s3://…`; by default a folder of the machine for passing files. */
  blobStore?: string | undefined;
  /** Signs identities between processes; 32 characters at least. */
  internalSecret: string;
  reservationTtlSeconds?: number;
  /** Seconds for which stock is held at the most while a payment is being made. */
  reservationMaxSeconds?: number;
  /** When the money of new orders is taken, unless staff say otherwise. */
  captureOn?: 'confirmation' | 'shipment';
  /** Hours for which idempotency keys are kept. */
  idempotencyHours?: number;
  /** Whom messages to webhooks may go to; default `public`. */
  webhookTargets?: 'public' | 'any';
  draftTtlSeconds?: number;
  /** Seconds for which a draft that has ended is kept. */
  draftRetentionSeconds?: number;
  /** Hours before an authorization ends at which its order says so. */
  authorizationWarningHours?: number;
  /** Between looks for orders whose job was lost. */
  reconcileSeconds?: number;
  /** How long people stay logged in. */
  accounts?: AccountSettings;
  /** Deadlines of the gateway's calls and limits of its callers. */
  front?: FrontSettings;
  /** Who moves the money; the simulator by default. */
  payments?: PaymentSettings;
  /** Where the gateway keeps answers; `off` by default, `redis` is that of `redisUrl`. */
  responseCache?: 'off' | 'memory' | 'redis';
  /** Demo people and products, and a token in GraphiQL. */
  seedDemo?: boolean;
  /** What operations of clients may do. */
  operations?: OperationPolicy;
  logLevel?: string;
  /** Told of each call of the gateway to a subgraph; in one process only. */
  onFetch?: (fetch: FetchEvent) => void;
  stage?: Stage;
}

/** The running system, whatever processes it is made of. */
export interface Waybill {
  /** GraphQL over HTTP, and over WebSocket (graphql-transport-ws). */
  url: string;
  wsUrl: string;
  graphiqlUrl: string;
  /** The pages for operators are under it: /mail and /queues. */
  opsUrl: string;
  /** Where mail is caught, unless it leaves by `smtpUrl`. */
  mail: MailCatcher | undefined;
  /** Answers what is in flight, then stops everything. */
  close(by?: number): Promise<void>;
}

/** The options with everything that has a default filled in. */
export function withDefaults(options: WaybillOptions) {
  return {
    port: 0,
    opsPort: 0,
    smtpPort: 0,
    host: '127.0.0.1',
    queuesPrefix: 'waybill',
    mailFrom: 'Waybill <orders@waybill.example>',
    lowStockThreshold: 0,
    reservationTtlSeconds: 900,
    reconcileSeconds: 10,
    reservationMaxSeconds: 3600,
    captureOn: 'confirmation' as const,
    idempotencyHours: 24,
    webhookTargets: 'public' as const,
    draftTtlSeconds: 30 * 86_400,
    draftRetentionSeconds: 30 * 86_400,
    authorizationWarningHours: 24,
    accounts: accountSettings(),
    responseCache: 'off' as const,
    front: frontSettings(),
    seedDemo: false,
    operations: { introspection: true, limits: {} },
    logLevel: 'warn',
    stage: silentStage,
    ...options,
  };
}

export type FullOptions = ReturnType<typeof withDefaults>;

/** The addresses that clients use, from the gateway's port. */
export function gatewayUrls(port: number): Pick<Waybill, 'url' | 'wsUrl' | 'graphiqlUrl'> {
  return {
    url: `http://localhost:${port}/graphql`,
    wsUrl: `ws://localhost:${port}/graphql`,
    graphiqlUrl: `http://localhost:${port}/graphiql`,
  };
}
