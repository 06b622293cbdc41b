import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from '@waybill/deploy/free-ports.js';
import {
  giveToPostgres,
  type PostgresProcess,
  spawnProgram,
} from '@waybill/deploy/postgres-program.js';

/**
 * Durability is not under test here; it is what makes a test suite slow. Hundreds of small databases are copied from
 * models: by the file system, and out of few buffers, all of which each copy goes through; and none lives long enough to
 * be vacuumed.
 */
const FLAGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 400,
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  shared_buffers: '32MB',
  wal_level: 'minimal',
  max_wal_senders: 0,
  autovacuum: 'off',
  ...(process.platform !== 'win32' && { file_copy_method: 'clone' }),
};

/** Vitest's global set-up: one real PostgreSQL for the whole run, thrown away afterwards. */
export default async function startPostgres(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-test-'));
  await giveToPostgres(folder);
  await initialise(folder);
  const [port] = await freePorts(1);
  const server = await launch(folder, `${port}`);
  process.env.WAYBILL_TEST_POSTGRES_URL = `postgres://postgres@127.0.0.1:${port}`;
  return async () => {
    server.kill('SIGQUIT');
    await once(server, 'close');
    await rm(folder, { recursive: true, force: true });
  };
}

async function initialise(folder: string): Promise<void> {
  const cluster = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C'];
  const initdb = spawnProgram('initdb', folder, ['-D', folder, '--no-sync', ...cluster]);
  const said = text(initdb);
  const [code] = await once(initdb, 'close');
  if (code !== 0) throw new Error(`initdb: ${await said}`);
}

async function text({ stderr }: PostgresProcess): Promise<string> {
  let said = '';
  for await (const chunk of stderr) said += chunk;
  return said;
}

async function launch(folder: string, port: string): Promise<PostgresProcess> {
  const flags = Object.entries(FLAGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawnProgram('postgres', folder, ['-D', folder, '-p', port, ...flags]);
  // Read to the end: a server whose log nobody reads stops when the pipe is full.
  const lines = createInterface({ input: server.stderr });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('ready to accept connections')) resolve();
    });
    server.once('close', () => reject(new Error('PostgreSQL does not start')));
  });
  return server;
}
