import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { freePorts } from '@waybill/deploy/free-ports.js';
import { Failure } from '@waybill/scripts/command-line/failure.js';
import { Redis } from 'ioredis';
import type { Meter } from '../measure/meters.js';
import { startChild } from './child.js';

export interface RedisServer {
  url: string;
  /** CPU seconds, as the server itself counts them. */
  cpu: Meter;
  /** Forgets what this run wrote, and ends the server unless somebody else's was given. */
  stop(): Promise<void>;
}

/** The `redis-server` or `valkey-server` of this machine. */
export function redisProgram(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return ['redis-server', 'valkey-server']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A server of its own for one run, with the settings of docker-compose.yml. */
export async function startRedis(program: string, folder: string): Promise<RedisServer> {
  const [port = 0] = await freePorts(1);
  const directory = join(folder, `redis-${port}`);
  await mkdir(directory);
  const flags = {
    port,
    bind: '127.0.0.1',
    dir: directory,
    appendonly: 'yes',
    'maxmemory-policy': 'noeviction',
  };
  const parameters = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const child = startChild(program, parameters, { logFile: join(directory, 'redis.log') });
  const url = `redis://127.0.0.1:${port}`;
  const client = connect(url);
  const leave = async () => {
    client.disconnect();
    await child.stop();
  };
  try {
    await Promise.race([client.ping(), child.ended]);
  } catch (error) {
    await leave();
    throw error;
  }
  return { url, cpu: () => cpuSeconds(client), stop: leave };
}

/** A server that was given: only what bears our prefix is taken away again. */
export async function useRedis(url: string, prefix: string): Promise<RedisServer> {
  const client = connect(url);
  await client.ping().catch((error: Error) => {
    client.disconnect();
    throw new Failure(`nothing answers at ${url} (${error.message}): mend --redis-url`);
  });
  const stop = async () => {
    if (client.status === 'end') return;
    await forget(client, prefix);
    client.disconnect();
  };
  return { url, cpu: () => cpuSeconds(client), stop };
}

function connect(url: string): Redis {
  const client = new Redis(url, { maxRetriesPerRequest: 20, enableReadyCheck: true });
  // Failures reach whoever asked; the connection itself has nothing to add.
  client.on('error', () => {});
  return client;
}

async function forget(client: Redis, prefix: string): Promise<void> {
  for await (const keys of client.scanStream({ match: `${prefix}:*`, count: 1000 })) {
    if ((keys as string[]).length > 0) await client.unlink(...(keys as string[]));
  }
}

async function cpuSeconds(client: Redis): Promise<number | undefined> {
  const text = await client.info('cpu').catch(() => '');
  const used = [...text.matchAll(/^used_cpu_(?:sys|user)(?:_children)?:([\d.]+)/gm)];
  return used.length === 0
    ? undefined
    : used.reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}
