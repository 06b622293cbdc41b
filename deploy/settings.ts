import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { ACCOUNT_SETTINGS } from './account-settings.js';
import { Fault } from './fault.js';
import { FRONT_SETTINGS, SHUTDOWN_GRACE_SECONDS } from './front-settings.js';
import { ISSUER_SETTINGS, withAudience } from './issuer-settings.js';
import { introspection, OPERATION_SETTINGS } from './operation-settings.js';
import { PAYMENT_SETTINGS, withPaymentProvider } from './payment-settings.js';

/** Where settings come from: `process.env`, or what a test gives. */
export type Environment = Record<string, string | undefined>;

const PORT_MEND = 'give a port from 0 to 65535 (0 takes any free one)';
const LOG_LEVEL = 'Least severe log line that is written.';
const PREFIX_MEND = 'give lower-case letters, digits and _';
const BLOB_MEND = 'give file:FOLDER or s3://KEY:SECRET@HOST/BUCKET';
const UNITS_MEND = 'give a whole number of units, 0 or more';
const KEYS_MEND = 'give a whole number of hours, 24 or more';
const WARNING_MEND = 'give a whole number of hours, 1 or more';
const SECRET_MEND = 'give at least 32 random characters, the same to every process';

function port(fallback: number, description: string) {
  const number = z.coerce.number(PORT_MEND).int(PORT_MEND).min(0, PORT_MEND).max(65535, PORT_MEND);
  return number.default(fallback).describe(description);
}

function seconds(fallback: number, description: string) {
  const mend = 'give a whole number of seconds, 1 or more';
  return z.coerce.number(mend).int(mend).min(1, mend).default(fallback).describe(description);
}

function address(schemes: string[], example: string, description: string) {
  const mend = `give an address such as ${example}`;
  const fits = (text: string) =>
    URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1));
  return z.string(mend).refine(fits, mend).describe(description);
}

function database(owner: string) {
  const example = `postgres://user:password@host:5432/${owner}`;
  return address(['postgres', 'postgresql'], example, `PostgreSQL database of ${owner}.`);
}

function subgraphUrl(name: string, port: number) {
  return address(
    ['http', 'https'],
    `http://${name}:${port}`,
    `Where the ${name} subgraph answers.`,
  );
}

const choice = <const T extends readonly [string, ...string[]]>(values: T, description: string) =>
  z.enum(values, `give one of ${values.join(', ')}`).describe(description);

const COLLECTOR =
  'OpenTelemetry collector that takes OTLP over HTTP. Left out, nothing is traced; other OTEL_* variables hold as well.';

const CAPTURE_ON = 'When the money of an order is taken, unless staff say otherwise.';
const RESPONSE_CACHE =
  'Where the gateway keeps answers that it may give again: off, memory, or redis (that of REDIS_URL).';

const SEED_DEMO = 'Demo people and products, and a token of theirs in GraphiQL.';

function seedDemo(fallback: boolean) {
  return z.stringbool('give true or false').default(fallback).describe(SEED_DEMO);
}

const WEBHOOK_TARGETS =
  'Whom webhooks may reach: public (the internet and nothing of yours), or any, to try them out.';

function webhookTargets(fallback: 'public' | 'any') {
  return choice(['public', 'any'], WEBHOOK_TARGETS).default(fallback).describe(WEBHOOK_TARGETS);
}

/** Every setting of the system, once; each process kind picks its own below. */
export const SETTINGS = {
  PORT: port(4000, 'Port of the process: /graphql over HTTP and WebSocket, health checks.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all.'),
  OPS_PORT: port(4001, 'Port of the pages for operators: /metrics, /mail and /queues.'),
  SMTP_PORT: port(4025, 'Port of the embedded mail catcher.'),
  SMTP_URL: address(
    ['smtp', 'smtps'],
    'smtp://user:password@mail.example:587',
    'Mail server. Left out, mail is caught and shown at /mail.',
  ),
  MAIL_FROM: z
    .string()
    .min(3, 'give a sender such as Shop <orders@shop.example>')
    .default('Waybill <orders@waybill.example>')
    .describe('Sender of every mail.'),
  STAFF_MAIL_TO: z
    .email('give an address such as staff@shop.example')
    .optional()
    .describe('Where mail for staff goes: that little is left of a SKU. Left out, nobody is told.'),
  LOW_STOCK_THRESHOLD: z.coerce
    .number(UNITS_MEND)
    .int(UNITS_MEND)
    .min(0, UNITS_MEND)
    .default(0)
    .describe('Below how many units a SKU is low of which nobody said; 0: never.'),
  BLOB_STORE: z
    .string()
    .regex(/^(file:.|s3:\/\/.+@.+\/.)/, BLOB_MEND)
    .optional()
    .describe(
      'Where images are kept: file:FOLDER, or s3://KEY:SECRET@HOST/BUCKET?region=REGION. Left out, a folder beside the data.',
    ),
  EMBEDDED_POSTGRES_PORT: port(54329, 'Port of the embedded PostgreSQL.'),
  USERS_DATABASE_URL: database('users'),
  CATALOG_DATABASE_URL: database('catalog'),
  ORDERS_DATABASE_URL: database('orders'),
  PAYMENTS_DATABASE_URL: database('payments'),
  QUEUES_DATABASE_URL: database('queues'),
  REDIS_URL: address(
    ['redis', 'rediss'],
    'redis://host:6379',
    'Redis or Valkey for queues and live updates. Left out, PostgreSQL carries them.',
  ),
  QUEUES_PREFIX: z
    .string(PREFIX_MEND)
    .regex(/^[a-z0-9_]+$/, PREFIX_MEND)
    .default('waybill')
    .describe('Separates systems that share one Redis, or one database of queues.'),
  RESPONSE_CACHE: choice(['off', 'memory', 'redis'], RESPONSE_CACHE)
    .default('off')
    .describe(RESPONSE_CACHE),
  USERS_URL: subgraphUrl('users', 4101),
  CATALOG_URL: subgraphUrl('catalog', 4102),
  ORDERS_URL: subgraphUrl('orders', 4103),
  PAYMENTS_URL: subgraphUrl('payments', 4104),
  INTERNAL_SECRET: z
    .string(SECRET_MEND)
    .min(32, SECRET_MEND)
    .describe('Signs who asks, between our own processes.'),
  RESERVATION_TTL_SECONDS: seconds(900, 'How long stock is held for an order that is not paid.'),
  RECONCILE_SECONDS: seconds(10, 'How often orders whose job was lost are looked for.'),
  RESERVATION_MAX_SECONDS: seconds(
    3600,
    'How long stock is held at the most while a payment is being made.',
  ),
  CAPTURE_ON: choice(['confirmation', 'shipment'], CAPTURE_ON)
    .default('confirmation')
    .describe(CAPTURE_ON),
  IDEMPOTENCY_HOURS: z.coerce
    .number(KEYS_MEND)
    .int(KEYS_MEND)
    .min(24, KEYS_MEND)
    .default(24)
    .describe('How long the idempotency keys of mutations are kept.'),
  DRAFT_TTL_SECONDS: seconds(
    2_592_000,
    'How long a cart or another draft that nobody touches is kept.',
  ),
  WEBHOOK_TARGETS: webhookTargets('public'),
  DRAFT_RETENTION_SECONDS: seconds(
    2_592_000,
    'How long a draft that has ended is kept before it is deleted.',
  ),
  AUTHORIZATION_WARNING_HOURS: z.coerce
    .number(WARNING_MEND)
    .int(WARNING_MEND)
    .min(1, WARNING_MEND)
    .default(24)
    .describe('How long before an authorization ends its order says so, where it is not shipped.'),
  ...ACCOUNT_SETTINGS,
  ...PAYMENT_SETTINGS,
  ...OPERATION_SETTINGS,
  ...FRONT_SETTINGS,
  SHUTDOWN_GRACE_SECONDS,
  SUBGRAPH: choice(['users', 'catalog', 'orders', 'payments'], 'Which subgraph this process is.'),
  SEED_DEMO: seedDemo(false),
  LOG_LEVEL: choice(['silent', 'error', 'warn', 'info', 'debug'], LOG_LEVEL)
    .default('warn')
    .describe(LOG_LEVEL),
  OTEL_EXPORTER_OTLP_ENDPOINT: address(['http', 'https'], 'http://localhost:4318', COLLECTOR)
    .optional()
    .describe(COLLECTOR),
  WAYBILL_DATA: z
    .string()
    .min(1)
    .default('.waybill')
    .describe('Folder of everything that npm start keeps, relative to the clone.'),
} as const;

export type SettingName = keyof typeof SETTINGS;

const all = z.object(SETTINGS);
const every = {
  HOST: true,
  OPS_PORT: true,
  LOG_LEVEL: true,
  INTERNAL_SECRET: true,
  OTEL_EXPORTER_OTLP_ENDPOINT: true,
} as const;
const served = { ...every, PORT: true, SHUTDOWN_GRACE_SECONDS: true } as const;
const subgraph = { ...served, SUBGRAPH: true } as const;
const queueServers = { REDIS_URL: true, QUEUES_DATABASE_URL: true } as const;
const queues = { ...queueServers, QUEUES_PREFIX: true } as const;
const peers = { USERS_URL: true, CATALOG_URL: true, ORDERS_URL: true, PAYMENTS_URL: true } as const;
const gateway = {
  ...served,
  SEED_DEMO: true,
  RESPONSE_CACHE: true,
  ...queues,
} as const;
const mail = { SMTP_URL: true, MAIL_FROM: true, STAFF_MAIL_TO: true } as const;

type QueueSettings = { REDIS_URL?: string | undefined; QUEUES_DATABASE_URL?: string | undefined };

/** Where no embedded PostgreSQL stands by, one backend of the queues must be named. */
function withQueueBackend<Schema extends z.ZodType<QueueSettings>>(schema: Schema): Schema {
  return schema.refine((given) => Boolean(given.REDIS_URL || given.QUEUES_DATABASE_URL), {
    path: ['REDIS_URL'],
    message: 'give redis://host:6379, or set QUEUES_DATABASE_URL instead',
    // Also when other settings are bad: one run shows them all.
    when: () => true,
  });
}

type CacheSettings = { REDIS_URL?: string | undefined; RESPONSE_CACHE: string };

function withResponseCache<Schema extends z.ZodType<CacheSettings>>(schema: Schema): Schema {
  return schema.refine((given) => given.RESPONSE_CACHE !== 'redis' || Boolean(given.REDIS_URL), {
    path: ['REDIS_URL'],
    message: 'give redis://host:6379, or RESPONSE_CACHE=memory',
    when: () => true,
  });
}

/** What each kind of process reads. */
export const PROCESS_SETTINGS = {
  gateway: withAudience(
    withResponseCache(
      withQueueBackend(
        all
          .pick({ ...peers, ...gateway })
          .partial(queueServers)
          .extend({ ...OPERATION_SETTINGS, ...FRONT_SETTINGS, ...ISSUER_SETTINGS }),
      ),
    ),
  ),
  users: withQueueBackend(
    all
      .pick({ ...subgraph, ...queues, USERS_DATABASE_URL: true, SEED_DEMO: true })
      .extend({ CATALOG_URL: SETTINGS.CATALOG_URL })
      .partial(queueServers)
      .extend(ACCOUNT_SETTINGS),
  ),
  catalog: withQueueBackend(
    all
      .pick({
        ...subgraph,
        ...queues,
        CATALOG_DATABASE_URL: true,
        SEED_DEMO: true,
        LOW_STOCK_THRESHOLD: true,
        BLOB_STORE: true,
      })
      .partial(queueServers),
  ),
  orders: withQueueBackend(
    all
      .pick({ ...subgraph, ...queues, ORDERS_DATABASE_URL: true, CAPTURE_ON: true })
      .extend({ USERS_URL: SETTINGS.USERS_URL, CATALOG_URL: SETTINGS.CATALOG_URL })
      .partial(queueServers),
  ),
  payments: withPaymentProvider(
    withQueueBackend(
      all
        .pick({ ...subgraph, ...queues, PAYMENTS_DATABASE_URL: true })
        .partial(queueServers)
        .extend(PAYMENT_SETTINGS),
    ),
  ),
  workers: withQueueBackend(
    all
      .pick({
        ...every,
        ...peers,
        ...queues,
        ...mail,
        RESERVATION_TTL_SECONDS: true,
        RECONCILE_SECONDS: true,
        RESERVATION_MAX_SECONDS: true,
        IDEMPOTENCY_HOURS: true,
        DRAFT_TTL_SECONDS: true,
        DRAFT_RETENTION_SECONDS: true,
        WEBHOOK_TARGETS: true,
        AUTHORIZATION_WARNING_HOURS: true,
      })
      .partial(queueServers),
  ),
  /** `npm start` and its kin: what is left out is embedded, or made once and kept. */
  start: withAudience(
    withPaymentProvider(
      withResponseCache(
        all
          .omit({ ...peers, SUBGRAPH: true, SHUTDOWN_GRACE_SECONDS: true })
          .partial({
            ...queueServers,
            USERS_DATABASE_URL: true,
            CATALOG_DATABASE_URL: true,
            ORDERS_DATABASE_URL: true,
            PAYMENTS_DATABASE_URL: true,
            INTERNAL_SECRET: true,
            SMTP_URL: true,
          })
          .extend({
            SEED_DEMO: seedDemo(true),
            WEBHOOK_TARGETS: webhookTargets('any'),
            INTROSPECTION: introspection(true),
          }),
      ),
    ),
  ),
};

export type ProcessKind = keyof typeof PROCESS_SETTINGS;
export type Settings<Kind extends ProcessKind> = z.output<(typeof PROCESS_SETTINGS)[Kind]>;

/** Reads the settings of one process. Throws a Fault with one line for each that is missing or bad. */
export function readSettings<Kind extends ProcessKind>(
  kind: Kind,
  environment: Environment = process.env,
): Settings<Kind> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const result = PROCESS_SETTINGS[kind].safeParse(given);
  if (result.success) return result.data as Settings<Kind>;
  const lines = result.error.issues.map(({ path, message }) =>
    line(String(path[0]), message, given),
  );
  throw new Fault(...new Set(lines));
}

/** A bad value is shown, unless it could hold a password. */
function line(name: string, mend: string, given: Environment): string {
  const value = given[name];
  if (value === undefined) return `${name} is not set: ${mend}`;
  return `${name} is ${/URL|SECRET/.test(name) ? 'not valid' : JSON.stringify(value)}: ${mend}`;
}

/** `process.env` over what a `.env` file says; the file may be absent. */
export function environmentWith(file: string): Environment {
  try {
    return { ...parseEnv(readFileSync(file, 'utf8')), ...process.env };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return process.env;
    throw new Fault(`${file} cannot be read (${(error as Error).message}): mend it or delete it`);
  }
}
