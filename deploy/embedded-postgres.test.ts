import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { spawnProgram } from './postgres-program.js';
import { ended, isRunning } from './process-table.js';
import { keptSecrets } from './secrets.js';

// Closed to everybody but its owner, as a clone in root's home is.
let dataDirectory: string;
let postgres: EmbeddedPostgres;

const start = async (port = 0, onStep?: (step: string) => void) =>
  startEmbeddedPostgres({
    dataDirectory,
    port,
    secrets: await keptSecrets(dataDirectory),
    ...(onStep && { onStep }),
  });

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'waybill-postgres-'));
  postgres = await start();
});

afterAll(async () => {
  await postgres.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return Object.values((await client.query(text)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

async function serverPid(): Promise<number> {
  const lock = await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(lock.split('\n')[0]);
}

describe('the embedded PostgreSQL', () => {
  it('is PostgreSQL 18 and writes through to disk', async () => {
    expect(await ask(postgres.databaseUrls.orders, 'show server_version')).toMatch(/^18\./);
    expect(await ask(postgres.databaseUrls.orders, 'show fsync')).toBe('on');
    expect(await ask(postgres.databaseUrls.orders, 'show synchronous_commit')).toBe('on');
  });

  it('gives each subgraph a database that the roles of others cannot enter', async () => {
    const own = new URL(postgres.databaseUrls.orders);
    const foreign = new URL(postgres.databaseUrls.orders);
    foreign.pathname = new URL(postgres.databaseUrls.payments).pathname;
    await ask(own.href, 'create table if not exists probe (id int)');
    await expect(ask(foreign.href, 'select 1')).rejects.toThrow(/permission denied for database/);
    foreign.pathname = '/postgres';
    await expect(ask(foreign.href, 'select 1')).rejects.toThrow(/permission denied for database/);
  });

  it('has little left to write to disk when it stops soon after its first start', async () => {
    const sinceCheckpoint =
      'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) from pg_control_checkpoint()';
    const bytes = Number(await ask(postgres.databaseUrls.orders, sinceCheckpoint));
    expect(bytes).toBeLessThan(200_000);
  });

  it('keeps its secrets from other users of the machine', async () => {
    const { mode } = await stat(join(dataDirectory, 'secrets.json'));
    expect((mode & 0o777).toString(8)).toBe('600');
  });

  it('names the setting when its port is taken', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => occupant.once('listening', resolve));
    const { port } = occupant.address() as { port: number };
    const other = await mkdtemp(join(tmpdir(), 'waybill-postgres-'));
    const secrets = await keptSecrets(other);
    await expect(startEmbeddedPostgres({ dataDirectory: other, port, secrets })).rejects.toThrow(
      `port ${port} is in use: stop what uses it or set EMBEDDED_POSTGRES_PORT`,
    );
    occupant.close();
    await rm(other, { recursive: true });
  });

  it('keeps its data over a stop, and the second start creates nothing', async () => {
    await ask(postgres.databaseUrls.catalog, 'create table kept as select 42 as answer');
    const pid = await serverPid();
    await postgres.stop();
    expect(isRunning(pid)).toBe(false);
    const steps: string[] = [];
    postgres = await start(0, (step) => steps.push(step));
    expect(steps).toEqual([]);
    expect(await ask(postgres.databaseUrls.catalog, 'select answer from kept')).toBe(42);
  });

  it('drops what it is at when there is no time left to stop, and keeps what was committed', async () => {
    await ask(postgres.databaseUrls.catalog, 'create table hurried as select 43 as answer');
    const busy = new pg.Client(postgres.databaseUrls.users);
    busy.on('error', () => {});
    await busy.connect();
    const began = performance.now();
    await postgres.stop(began);
    // Sooner than clients are asked to leave.
    expect(performance.now() - began).toBeLessThan(500);
    postgres = await start();
    expect(await ask(postgres.databaseUrls.catalog, 'select answer from hurried')).toBe(43);
  });

  it('takes over from a server whose starter was killed', async () => {
    const orphan = await serverPid();
    const { port } = postgres;
    postgres = await start(port);
    expect(isRunning(orphan)).toBe(false);
    expect(await ask(postgres.databaseUrls.users, 'select 1')).toBe(1);
  });

  it('takes over from a first start that was killed while it made the cluster', async () => {
    const { port } = postgres;
    await postgres.stop();
    const made = join(dataDirectory, 'postgres.new');
    await rename(join(dataDirectory, 'postgres'), made);
    const orphan = spawnProgram('postgres', made, [
      ...['-D', made, '-p', String(port)],
      ...['-c', 'unix_socket_directories='],
    ]);
    let said = '';
    orphan.stderr.on('data', (text) => (said += text));
    await expect.poll(() => said, { timeout: 10_000 }).toContain('ready to accept connections');
    postgres = await start(port);
    expect(isRunning(orphan.pid ?? 0)).toBe(false);
    expect(await ask(postgres.databaseUrls.users, 'select 1')).toBe(1);
    await ask(postgres.databaseUrls.catalog, 'create table kept as select 42 as answer');
  });

  it('starts again after a power cut', async () => {
    const pid = await serverPid();
    process.kill(pid, 'SIGKILL');
    expect(await ended(pid, 5000)).toBe(true);
    await expect.poll(() => start().then((next) => (postgres = next))).toBeTruthy();
    expect(await ask(postgres.databaseUrls.catalog, 'select answer from kept')).toBe(42);
  });
});
