import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { envExample } from './env-example.js';
import { Fault } from './fault.js';
import { frontEnvironment, frontSettings } from './front-settings.js';
import { type Environment, environmentWith, type ProcessKind, readSettings } from './settings.js';

function faults(kind: ProcessKind, environment: Environment): readonly string[] {
  try {
    readSettings(kind, environment);
  } catch (error) {
    if (error instanceof Fault) return error.lines;
    throw error;
  }
  return [];
}

describe('readSettings', () => {
  it('starts with nothing set', () => {
    expect(readSettings('start', {})).toMatchObject({ PORT: 4000, RESERVATION_TTL_SECONDS: 900 });
  });

  it('lists every bad setting of one run, each with its mend', () => {
    const lines = faults('start', {
      PORT: 'four',
      SMTP_URL: 'mail.example',
      LOG_LEVEL: 'loud',
      INTERNAL_SECRET: 'short',
    });
    expect(lines).toEqual([
      'PORT is "four": give a port from 0 to 65535 (0 takes any free one)',
      'SMTP_URL is not valid: give an address such as smtp://user:password@mail.example:587',
      'INTERNAL_SECRET is not valid: give at least 32 random characters, the same to every process',
      'LOG_LEVEL is "loud": give one of silent, error, warn, info, debug',
    ]);
  });

  it('names what a container lacks, the choice of a queue backend included', () => {
    const lines = faults('orders', { SUBGRAPH: 'orders', CATALOG_URL: 'http://catalog:4102' });
    expect(lines.map((line) => line.split(' ')[0]).toSorted()).toEqual([
      'INTERNAL_SECRET',
      'ORDERS_DATABASE_URL',
      'REDIS_URL',
      'USERS_URL',
    ]);
  });

  it('asks for a Redis where answers are to be kept in one', () => {
    const start = (environment: Environment) => faults('start', environment);
    expect(start({ RESPONSE_CACHE: 'redis' })).toEqual([
      'REDIS_URL is not set: give redis://host:6379, or RESPONSE_CACHE=memory',
    ]);
    expect(start({ RESPONSE_CACHE: 'redis', REDIS_URL: 'redis://valkey:6379' })).toEqual([]);
    expect(start({ RESPONSE_CACHE: 'memory' })).toEqual([]);
  });

  it('asks for the secrets of Stripe where Stripe is to move the money, and never shows them', () => {
    const start = (environment: Environment) => faults('start', environment);
    const mend = 'give a key of your Stripe account such as sk_live_…';
    const signing = 'give the signing secret of the webhook endpoint such as whsec_…';
    expect(start({ PAYMENT_PROVIDER: 'stripe', PORT: 'four' })).toEqual([
      'PORT is "four": give a port from 0 to 65535 (0 takes any free one)',
      `STRIPE_SECRET_KEY is not set: ${mend}, or PAYMENT_PROVIDER=simulator`,
      `STRIPE_WEBHOOK_SECRET is not set: ${signing}, or PAYMENT_PROVIDER=simulator`,
    ]);
    const bad = { STRIPE_SECRET_KEY: 'hunter2', STRIPE_WEBHOOK_SECRET: 'hunter3' };
    expect(start({ PAYMENT_PROVIDER: 'stripe', ...bad })).toEqual([
      `STRIPE_SECRET_KEY is not valid: ${mend}`,
      `STRIPE_WEBHOOK_SECRET is not valid: ${signing}`,
    ]);
    const good = { STRIPE_SECRET_KEY: 'rk_live_1', STRIPE_WEBHOOK_SECRET: 'whsec_1' };
    expect(start({ PAYMENT_PROVIDER: 'stripe', ...good })).toEqual([]);
    expect(start({ PAYMENT_PROVIDER: 'barter', STRIPE_API_URL: 'stripe' })).toEqual([
      'PAYMENT_PROVIDER is "barter": give one of simulator, stripe',
      'STRIPE_API_URL is not valid: give an address such as https://api.stripe.com',
    ]);
  });

  it('wants addresses of proxies, and limits that are numbers', () => {
    expect(readSettings('start', { TRUSTED_PROXIES: '10.0.0.0/8, ::1' })).toMatchObject({
      TRUSTED_PROXIES: ['10.0.0.0/8', '::1'],
      USER_RATE_LIMIT_PER_MINUTE: 0,
    });
    expect(faults('start', { TRUSTED_PROXIES: 'proxy', USER_RATE_LIMIT_PER_MINUTE: '-1' })).toEqual(
      [
        'USER_RATE_LIMIT_PER_MINUTE is "-1": give a whole number, 0 for no limit',
        'TRUSTED_PROXIES is "proxy": give addresses or CIDR ranges with commas between them, such as 10.0.0.0/8',
      ],
    );
  });

  it('hands those about callers and calls on as they are', () => {
    const given = { TRUSTED_PROXIES: '10.0.0.0/8,::1', USER_RATE_LIMIT_PER_MINUTE: '600' };
    const front = frontSettings(given);
    expect(frontSettings(frontEnvironment(front))).toEqual(front);
    expect(frontSettings(frontEnvironment(frontSettings()))).toEqual(frontSettings());
  });

  it('takes an empty variable as one that is not set', () => {
    expect(readSettings('start', { REDIS_URL: '', PORT: '' })).toMatchObject({ PORT: 4000 });
  });

  it('never shows a value that may hold a password', () => {
    const [line] = faults('start', { ORDERS_DATABASE_URL: 'mysql://me:hunter2@db/orders' });
    expect(line).toMatch(/^ORDERS_DATABASE_URL is not valid: give an address such as postgres:/);
    expect(line).not.toContain('hunter2');
  });
});

describe('a .env file', () => {
  it('gives what the environment does not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waybill-env-'));
    const file = join(folder, '.env');
    await writeFile(file, 'WAYBILL_TEST_ONE=file\nPATH=/nowhere\n');
    expect(environmentWith(file)).toMatchObject({
      WAYBILL_TEST_ONE: 'file',
      PATH: process.env.PATH,
    });
    await rm(folder, { recursive: true });
    expect(environmentWith(file)).toBe(process.env);
  });
});

describe('.env.example', () => {
  it('is itself a file of valid settings', () => {
    const uncommented = envExample().replaceAll(/^#([A-Z_]+=)/gm, '$1');
    expect(readSettings('start', parseEnv(uncommented))).toEqual(readSettings('start', {}));
    expect(envExample()).not.toContain('undefined');
  });
});
