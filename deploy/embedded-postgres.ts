import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Fault, portInUse } from './fault.js';
import { prepareDatabases } from './postgres-databases.js';
import { giveToPostgres, type PostgresProcess, spawnProgram } from './postgres-program.js';
import { commandLine, ended, isRunning } from './process-table.js';
import type { DatabaseName, Secrets } from './secrets.js';

export interface EmbeddedPostgresOptions {
  /** Folder of everything kept: `postgres/` and `postgres.log` are made in it. */
  dataDirectory: string;
  /** EMBEDDED_POSTGRES_PORT; 0 takes any free one. */
  port: number;
  secrets: Secrets;
  /** Says which step begins; the first start has several. */
  onStep?: (step: string) => void;
}

export interface EmbeddedPostgres {
  port: number;
  /** One database per subgraph and one for the queues, each with a role that may enter no other. */
  databaseUrls: Record<DatabaseName, string>;
  /** Open transactions are rolled back, everything committed is on disk; over by then, as `performance.now()` counts. */
  stop(by?: number): Promise<void>;
}

/** One call for a whole disk instead of one per file, of which a new cluster has thousands. */
const syncMethod = process.platform === 'linux' ? 'syncfs' : 'fsync';

const FLAGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '256MB',
  // Committed means on disk, here as in production.
  fsync: 'on',
  synchronous_commit: 'on',
  // Fewer, longer checkpoints: each makes the next write of a page a write of the whole page.
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  // Our statements are short; compiling them costs more than it saves.
  jit: 'off',
  random_page_cost: 1.1,
  // The passwords are 192 random bits: thousands of hash rounds per connection would protect nothing more.
  scram_iterations: 64,
  log_checkpoints: 'off',
  recovery_init_sync_method: syncMethod,
};

const CLUSTER = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

/** Milliseconds for pools that were closed a moment ago to have said goodbye. */
const CLIENTS_LEAVE_MS = 500;

/** Milliseconds that a stop may take, unless told otherwise, before everything is dropped and recovered at the next start. */
const STOP_MS = 3000;

/** Milliseconds that dropping everything takes. */
const QUIT_MS = 200;

/** Starts PostgreSQL 18 on its own data folder, made on the first start. Throws a Fault when the port is taken. */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { secrets, onStep = () => {} } = options;
  const folder = join(options.dataDirectory, 'postgres');
  for (const each of [folder, unfinished(folder)]) await stopLeftover(each);
  const port = await checkedPort(options.port);
  if (!existsSync(folder)) {
    onStep('creating the database cluster');
    await initialise(folder, port, secrets, onStep);
  }
  const server = await launch(folder, port);
  try {
    const databaseUrls = await prepareDatabases(port, secrets, onStep);
    return { port, databaseUrls, stop: (by) => stop(server, by) };
  } catch (error) {
    await stop(server);
    throw error;
  }
}

/** Port of the server that works on a data folder now; undefined where none does. */
export async function embeddedPort(dataDirectory: string): Promise<number | undefined> {
  const folder = join(dataDirectory, 'postgres');
  const lines = (await readFile(lockFile(folder), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid && isRunning(pid) && commandLine(pid).includes(folder) ? port : undefined;
}

/** Stops the server of a data folder at once (`immediate`): nothing is flushed, clients are dropped, the next start recovers. */
export async function killPostgres(dataDirectory: string): Promise<void> {
  const text = await readFile(lockFile(join(dataDirectory, 'postgres')), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!pid || !isRunning(pid)) return;
  process.kill(pid, 'SIGQUIT');
  if (!(await ended(pid, STOP_MS))) throw new Fault(`PostgreSQL ${pid} does not stop`);
}

/** PostgreSQL's own: its process on the first line, its port on the fourth. */
const lockFile = (folder: string) => join(folder, 'postmaster.pid');

/** A server that outlived the process which started it: stopped, so that its folder and port are free again. */
export async function stopLeftover(folder: string): Promise<void> {
  const pid = Number((await readFile(lockFile(folder), 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  if (isRunning(pid) && commandLine(pid).includes(folder)) {
    process.kill(pid, 'SIGINT');
    if (!(await ended(pid, STOP_MS))) process.kill(pid, 'SIGQUIT');
    if (!(await ended(pid, STOP_MS))) {
      throw new Fault(
        `PostgreSQL ${pid} of an earlier run does not stop: end it, then start again`,
      );
    }
  }
  // Also when the number now belongs to another program, which PostgreSQL would take for its own.
  await rm(lockFile(folder), { force: true });
}

async function checkedPort(port: number): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', () => reject(portInUse('EMBEDDED_POSTGRES_PORT', port)));
    probe.listen(port, '127.0.0.1', () => {
      const taken = (probe.address() as { port: number }).port;
      probe.close(() => resolve(taken));
    });
  });
}

/** Where a cluster is made. */
const unfinished = (folder: string) => `${folder}.new`;

/**
 * Made under another name first: whatever is called `postgres` is complete. It is written to disk once, at the end: file
 * by file, that would take seconds now and once more in the checkpoint of the first stop.
 */
async function initialise(
  folder: string,
  port: number,
  secrets: Secrets,
  onStep: (step: string) => void,
): Promise<void> {
  const made = unfinished(folder);
  const passwordFile = `${folder}.password`;
  await rm(made, { recursive: true, force: true });
  await mkdir(made, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, secrets.postgresPassword, { mode: 0o600 });
  await giveToPostgres(made, passwordFile);
  try {
    await initdb(made, ['--no-sync', `--pwfile=${passwordFile}`, ...CLUSTER]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  const server = await launch(made, port, { fsync: 'off' });
  try {
    await prepareDatabases(port, secrets, onStep);
  } finally {
    await stop(server);
  }
  await initdb(made, ['--sync-only', `--sync-method=${syncMethod}`]);
  await rename(made, folder);
}

async function initdb(folder: string, parameters: string[]): Promise<void> {
  const program = spawnProgram('initdb', folder, [`--pgdata=${folder}`, ...parameters]);
  let said = '';
  program.stderr.on('data', (text) => (said += text));
  const code = await new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('close', resolve);
  });
  if (code !== 0) throw new Fault(`PostgreSQL cannot create its folder: ${oneLine(said)}`);
}

async function launch(
  folder: string,
  port: number,
  settings: Partial<typeof FLAGS> = {},
): Promise<PostgresProcess> {
  const logFile = join(dirname(folder), 'postgres.log');
  const flags = Object.entries({ ...FLAGS, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const server = spawnProgram('postgres', folder, ['-D', folder, '-p', String(port), ...flags]);
  const log = createWriteStream(logFile, { flags: 'a' });
  const lines = createInterface({ input: server.stderr });
  let last = 'it said nothing';
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      log.write(`${line}\n`);
      if (/FATAL|PANIC|could not bind/.test(line)) last = line;
      if (line.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('close', () => {
      log.end();
      const inUse = last.includes('Address already in use') || last.includes('TCP/IP socket');
      if (inUse) reject(portInUse('EMBEDDED_POSTGRES_PORT', port));
      else reject(new Fault(`PostgreSQL does not start: ${oneLine(last)} (more in ${logFile})`));
    });
  });
  return server;
}

/** Waits for clients that are just leaving, then turns the others out, then stops without a checkpoint. */
async function stop(server: PostgresProcess, by = performance.now() + STOP_MS): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const closed = new Promise((resolve) => server.once('close', resolve));
  server.kill('SIGTERM');
  const timers = [
    setTimeout(() => server.kill('SIGINT'), CLIENTS_LEAVE_MS),
    setTimeout(() => server.kill('SIGQUIT'), Math.max(0, by - QUIT_MS - performance.now())),
  ];
  await closed;
  for (const timer of timers) clearTimeout(timer);
}

function oneLine(text: string): string {
  return (
    text
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^.*?(FATAL|PANIC|LOG|error): */, '') ?? ''
  );
}
