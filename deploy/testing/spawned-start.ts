import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../free-ports.js';
import { PROJECT_ROOT } from '../paths.js';
import type { Environment } from '../settings.js';

/** `npm start` without npm, on ports and a data folder of its own. */
export interface SpawnedStart {
  child: ChildProcess;
  settings: Environment;
  /** Everything it wrote so far. */
  output(): string;
  /** Resolves when it wrote `text`, rejects with its output when it ended without. */
  wrote(text: string): Promise<void>;
  /** Its exit code. */
  ended(): Promise<number | null>;
  /** Ids of its processes and of theirs, itself included. */
  processes(): number[];
}

export async function ownSettings(): Promise<{ settings: Environment; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-start-'));
  const ports = await freePorts(4);
  const [PORT, OPS_PORT, SMTP_PORT, EMBEDDED_POSTGRES_PORT] = ports.map(String);
  const settings = { WAYBILL_DATA: folder, PORT, OPS_PORT, SMTP_PORT, EMBEDDED_POSTGRES_PORT };
  return { settings, remove: () => rm(folder, { recursive: true, force: true }) };
}

export function spawnCommand(
  command: string,
  settings: Environment,
  ...parameters: string[]
): SpawnedStart {
  return spawnFile(`deploy/dist/${command}.js`, settings, ...parameters);
}

/** A program of the clone, named from its root. */
export function spawnFile(
  file: string,
  settings: Environment,
  ...parameters: string[]
): SpawnedStart {
  return watched(process.execPath, [join(PROJECT_ROOT, file), ...parameters], settings);
}

/** `npm start` itself, without the build before it. */
export function spawnNpmStart(settings: Environment): SpawnedStart {
  return watched('npm', ['start', '--ignore-scripts'], settings);
}

function watched(program: string, parameters: string[], settings: Environment): SpawnedStart {
  const { PATH, HOME } = process.env;
  const child = spawn(program, parameters, {
    cwd: PROJECT_ROOT,
    env: { PATH, HOME, ...settings },
    // A process group of its own, as a shell gives to what it starts.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { text: '' };
  const end = once(child, 'close').then(([code]) => code as number | null);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said.text += text;
      child.emit('said');
    });
  }
  return {
    child,
    settings,
    output: () => said.text,
    wrote: (text) => written(child, said, end, text),
    ended: () => end,
    processes: () => family(child.pid ?? 0),
  };
}

async function written(
  child: ChildProcess,
  said: { text: string },
  end: Promise<number | null>,
  text: string,
): Promise<void> {
  const over = end.then((code) => {
    throw new Error(`ended with ${code} before it wrote "${text}":\n${said.text}`);
  });
  over.catch(() => {});
  while (!said.text.includes(text)) await Promise.race([once(child, 'said'), over]);
}

function family(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  const found = [pid];
  for (const ancestor of found) {
    for (const [child, parent] of parents) if (parent === ancestor) found.push(child);
  }
  return found;
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]);
  } catch {
    return 0;
  }
}
