import { randomBytes } from 'node:crypto';
import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import { parsePrometheusText } from '@waybill/gateway/testing/prometheus-text.js';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, client } from '../support/client.js';
import { type Collector, startCollector } from '../support/collector.js';
import { DOT } from '../support/dot.js';
import { placed, stepsUntil } from '../support/orders.js';
import { logIn } from '../support/shop.js';
import { type Running, startRunning } from './running.js';

const EMAIL = 'Katherine.Johnson@example.com';
const PASSWORD = 'a password that nobody may read';
const WRONG_PASSWORD = 'a password that nobody has';
const MINUTE = 60_000;

describe.each([
  { topology: 'one process', parameters: [], services: ['waybill'], metrics: ['/metrics'] },
  {
    topology: 'six processes',
    parameters: ['--distributed'],
    services: ['catalog', 'gateway', 'orders', 'payments', 'users', 'workers'].map(
      (name) => `waybill-${name}`,
    ),
    metrics: ['/metrics/gateway', '/metrics/workers'],
  },
])(
  'Waybill at work as $topology',
  ({ parameters, services, metrics }) => {
    let running: Running;
    let collector: Collector;
    let nobody: Client;
    let token: string;

    beforeAll(async () => {
      collector = await startCollector();
      running = await startRunning(parameters, {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_BSP_SCHEDULE_DELAY: '100',
      });
      nobody = client(`${running.url}/graphql`);
      await nobody.ask(
        `mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }`,
        { input: { email: EMAIL, name: 'Katherine Johnson', password: PASSWORD } },
      );
      token = await logIn(nobody, { email: EMAIL, password: PASSWORD });
    }, MINUTE);
    afterAll(async () => {
      await running?.close();
      await collector?.close();
    });

    const status = async (path: string) => (await fetch(running.url + path)).status;

    it('refuses a wrong password and a forged token', async () => {
      const input = { email: EMAIL, password: WRONG_PASSWORD };
      await expect(logIn(nobody, input)).rejects.toThrow('cannot log in');
      const { errors } = await client(`${running.url}/graphql`, `${token}x`).answer(
        '{ me { id } }',
      );
      expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    });

    it('tells callers without a token what they may still ask for', async () => {
      const search = new URLSearchParams({ query: '{ products(first: 2) { edges { cursor } } }' });
      const get = (headers: Record<string, string>) =>
        fetch(`${running.url}/graphql?${search}`, { headers });
      const { headers } = await get({});
      expect(headers.get('ratelimit-policy')).toBe('"anonymous";q=6000;w=60');
      expect(headers.get('ratelimit')).toMatch(/^"anonymous";r=59\d\d;t=\d+$/);
      const known = await get({ authorization: `Bearer ${token}` });
      expect([known.status, known.headers.get('ratelimit')]).toEqual([200, null]);
    });

    it('logs an internal error under the request id that its client got', async () => {
      await sql(running.databaseUrls.users, 'alter table users rename to mislaid');
      const { errors } = await nobody.answer(
        `mutation ($input: LogInInput!) { logIn(input: $input) { accessToken } }`,
        { input: { email: EMAIL, password: PASSWORD } },
      );
      await sql(running.databaseUrls.users, 'alter table mislaid rename to users');
      expect(errors?.[0]?.message).toBe('Internal server error');
      const { requestId } = errors?.[0]?.extensions ?? {};
      const lines = () => running.log().filter((line) => line.includes(String(requestId)));
      await expect.poll(() => lines().length).toBeGreaterThan(0);
      for (const line of lines()) expect(JSON.parse(line)).toMatchObject({ requestId });
      expect(lines().join()).toMatch(/relation \\"users\\" does not exist.* at async .*log-in\.js/);
    });

    it('lives without its database, is not ready, and is so again when it is back', async () => {
      await running.stopPostgres();
      await expect.poll(() => status('/readyz')).toBe(503);
      expect(await status('/ready')).toBe(503);
      expect([await status('/livez'), await status('/health')]).toEqual([200, 200]);
      const { errors } = await nobody.answer(
        '{ products(first: 1) { edges { node { handle } } } }',
      );
      expect(errors).toHaveLength(1);
      await running.startPostgres();
      await expect.poll(() => status('/readyz')).toBe(200);
    });

    it('goes on with orders after that', async () => {
      const customer = client(`${running.url}/graphql`, token);
      const id = await placed(customer, { lines: [{ sku: 'BLANKET-WOOL', quantity: 1 }] });
      await stepsUntil(customer, id, 'CONFIRMED');
    });

    it('takes an image of a product at its front door, and serves it', async () => {
      const staff = client(`${running.url}/graphql`, await logIn(nobody, DEMO_PEOPLE.staff));
      const { product } = await staff.ask<{ product: { id: string } }>(
        '{ product(handle: "blanket-wool") { id } }',
      );
      const { createImageUpload } = await staff.ask<{
        createImageUpload: { upload: { path: string } };
      }>(
        `mutation ($input: CreateImageUploadInput!) {
          createImageUpload(input: $input) { upload { path } }
        }`,
        { input: { productId: product.id } },
      );
      const to = running.url + createImageUpload.upload.path;
      expect((await fetch(to, { method: 'PUT', body: DOT })).status).toBe(201);
      const shown = await nobody.ask<{ product: { images: Array<{ path: string }> } }>(
        '{ product(handle: "blanket-wool") { images { path } } }',
      );
      const image = await fetch(running.url + shown.product.images[0]?.path);
      expect(image.headers.get('content-type')).toBe('image/webp');
      expect(image.headers.get('cache-control')).toContain('immutable');
      expect(Buffer.from(await image.arrayBuffer()).toString('latin1')).toMatch(/^RIFF....WEBP/s);
    });

    it('sends one trace from the request for an order to its last job', async () => {
      const traceId = randomBytes(16).toString('hex');
      const customer = client(`${running.url}/graphql`, token, {
        traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
      });
      const id = await placed(customer, { lines: [{ sku: 'BLANKET-WOOL', quantity: 1 }] });
      await stepsUntil(client(`${running.url}/graphql`, token), id, 'CONFIRMED');
      const way =
        /^POST \/graphql > .*fetch orders.* > process reservation > .* > process payment > /;
      await expect
        .poll(() => collector.lineagesOf(traceId))
        .toContainEqual(expect.stringMatching(way));
      await expect.poll(() => collector.servicesOf(traceId)).toEqual(services);
    });

    it('tells Prometheus of its requests, fetches and jobs, and nobody else', async () => {
      const texts = metrics.map(async (path) => (await fetch(running.opsUrl + path)).text());
      const text = (await Promise.all(texts)).map(parsePrometheusText);
      const names = text.flatMap((families) => [...families.keys()]);
      expect(names).toEqual(
        expect.arrayContaining([
          'gateway_http_request_duration_seconds',
          'gateway_fetch_duration_seconds',
          'waybill_jobs',
          'waybill_read_models_behind_seconds',
          'process_cpu_seconds_total',
        ]),
      );
      expect(await status('/metrics')).toBe(404);
    });

    it('answers what is in flight when it is told to stop, then ends', async () => {
      const holdUp = new pg.Client(running.databaseUrls.catalog);
      await holdUp.connect();
      await holdUp.query('begin');
      await holdUp.query('lock table variants in access exclusive mode');
      const answer = nobody.ask('{ productVariant(sku: "BLANKET-WOOL") { sku } }');
      // The clocks, which go on, may wait as well.
      const ours = expect.stringContaining('variants where sku = any');
      await expect.poll(() => waiting(running.databaseUrls.catalog)).toContainEqual(ours);
      running.started.child.kill('SIGTERM');
      await running.started.wrote('Stopping');
      await expect.poll(() => status('/livez').catch(() => 'gone')).toBe('gone');
      await holdUp.query('rollback');
      expect(await answer).toEqual({ productVariant: { sku: 'BLANKET-WOOL' } });
      await holdUp.end();
      const code = await running.started.ended();
      expect(code, running.started.output().slice(-2000)).toBe(0);
    });

    it('has written nothing but JSON into its log, and no secret', () => {
      const lines = running.log();
      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines) {
        expect(JSON.parse(line)).toMatchObject({
          level: expect.any(Number),
          time: expect.any(Number),
        });
      }
      // Payments have authorizations that end, by name of an event and of a file in a stack: those are no headers.
      const log = lines.join('\n').replaceAll(/authorization[-_]en(d|ds|ding|ded)\b/g, '');
      const { secrets } = running;
      const hidden = [
        ...[token, PASSWORD, WRONG_PASSWORD, secrets.internalSecret, secrets.postgresPassword],
        ...Object.values(secrets.databasePasswords),
        ...['Bearer', '$argon2', 'authorization', 'assertion'],
      ];
      expect(hidden.filter((secret) => log.includes(secret))).toEqual([]);
    });
  },
  MINUTE,
);

async function sql(url: string, text: string): Promise<void> {
  const database = new pg.Client(url);
  await database.connect();
  await database.query(text).finally(() => database.end());
}

/** The statements that wait for a lock. Not asked within a transaction: there the answer stays the same. */
async function waiting(url: string): Promise<string[]> {
  const database = new pg.Client(url);
  await database.connect();
  const { rows } = await database
    .query<{ query: string }>(
      `select query from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    )
    .finally(() => database.end());
  return rows.map(({ query }) => query);
}
