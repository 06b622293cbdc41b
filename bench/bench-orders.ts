import { randomBytes } from 'node:crypto';
import type { Closing } from '@waybill/deploy/closing.js';
import type { Placement } from '@waybill/orders/place-order.js';
import { planInvoices } from '@waybill/scripts/online-retail/plan-invoices.js';
import { readRows } from '@waybill/scripts/online-retail/read-rows.js';
import { placementsOf } from './floor/placements.js';
import { type Floor, measureFloor, recordFloor } from './floor.js';
import { commitMs } from './measure/disk.js';
import { measureRun } from './measure/measure-run.js';
import type { Backend, RunResult } from './measure/run-result.js';
import { type Judged, judge } from './report/targets.js';
import { runScript } from './servers/command.js';
import { type DatabaseServer, startDatabaseServer } from './servers/database-server.js';
import { type RedisServer, startRedis, useRedis } from './servers/redis-server.js';
import { startWaybill } from './servers/waybill-process.js';

export interface BenchOptions {
  file: string;
  limit?: number | undefined;
  concurrency: number;
  backends: Backend[];
  runs: number;
  /** A program to start, or a server to use; undefined where only PostgreSQL is measured. */
  redis?: { program: string } | { url: string } | undefined;
  floor: boolean;
  /** An empty folder of ours, for everything that is kept while it runs. */
  folder: string;
  tell(line: string): void;
}

export interface Measured {
  runs: RunResult[];
  floor: Floor[];
  targets: Judged[];
  /** Milliseconds until a page of 8 KB is on disk. */
  commitMs: number;
}

interface Bench extends BenchOptions {
  server: DatabaseServer;
  parts: Closing;
}

/** Imports the file once, then replays it on fresh copies of the databases, each time with the floor beside it. */
export async function benchOrders(options: BenchOptions, parts: Closing): Promise<Measured> {
  const disk = await commitMs(options.folder);
  options.tell('Starting PostgreSQL');
  const server = await startDatabaseServer(options.folder);
  parts.add(server.stop);
  const bench = { ...options, server, parts };
  await importOnce(bench);
  const scripts = options.floor ? await recordFloor(server, await placements(bench), bench) : [];
  const [runs, floor]: [RunResult[], Floor[]] = [[], []];
  for (let round = 1; round <= options.runs; round += 1) {
    for (const backend of options.backends) runs.push(await replayOn(backend, round, bench));
    for (const script of scripts) floor.push(await measureFloor(script, round, bench));
  }
  return { runs, floor, targets: judge(runs), commitMs: disk };
}

/** The models of all databases: migrated, with demo people and with what the file needs. */
async function importOnce({ server, folder, file, parts, tell }: Bench): Promise<void> {
  tell(`Importing ${file}`);
  const databaseUrls = server.models;
  const waybill = await startWaybill({ databaseUrls, queuesPrefix: 'waybill', folder });
  parts.add(waybill.stop);
  const command = runScript('import', [file, '--url', waybill.url], tell);
  parts.add(command.stop);
  try {
    await Promise.race([command.result, waybill.ended]);
  } finally {
    await waybill.stop();
  }
}

async function placements({ server, file, limit }: Bench): Promise<Placement[]> {
  const { invoices } = await planInvoices(readRows(file), limit);
  return placementsOf(invoices, server.models.users);
}

async function replayOn(backend: Backend, round: number, bench: Bench): Promise<RunResult> {
  const { parts, tell, runs, folder } = bench;
  tell(`Replaying on ${backend === 'redis' ? 'Redis' : 'PostgreSQL'}, run ${round} of ${runs}`);
  // The tables of the queues are in their model's copy under this name.
  const queuesPrefix = backend === 'redis' ? `bench_${randomBytes(4).toString('hex')}` : 'waybill';
  const redis = backend === 'redis' ? await openRedis(bench, queuesPrefix, folder) : undefined;
  if (redis) parts.add(redis.stop);
  const addPart = parts.add;
  try {
    return await measureRun({ ...bench, name: `run${round}`, redis, queuesPrefix, addPart });
  } finally {
    await redis?.stop();
  }
}

async function openRedis(
  { redis }: Bench,
  prefix: string,
  folder: string,
): Promise<RedisServer | undefined> {
  if (!redis) return undefined;
  return 'url' in redis ? useRedis(redis.url, prefix) : startRedis(redis.program, folder);
}
