import type { ReplayReport } from '@waybill/scripts/replay/report.js';
import { runScript } from '../servers/command.js';
import { type DatabaseServer, databaseOf } from '../servers/database-server.js';
import type { RedisServer } from '../servers/redis-server.js';
import { startWaybill, type WaybillServer } from '../servers/waybill-process.js';
import {
  databaseCpu,
  type Meter,
  machineCpu,
  mainThreadCpu,
  peakMemory,
  postgresCpu,
  processCpu,
} from './meters.js';
import { type RunResult, resultOf } from './run-result.js';
import { startSampling } from './sampler.js';

export interface RunSetup {
  /** Names its databases; lower-case letters and digits. */
  name: string;
  file: string;
  limit?: number | undefined;
  concurrency: number;
  server: DatabaseServer;
  redis?: RedisServer | undefined;
  queuesPrefix: string;
  folder: string;
  tell(line: string): void;
  /** Remembers how to end what was started, should we be interrupted. */
  addPart(stop: () => unknown): void;
}

/** Replays the file through a Waybill on fresh copies of the databases, and measures it while orders are placed. */
export async function measureRun(setup: RunSetup): Promise<RunResult> {
  const { server, redis, folder, queuesPrefix } = setup;
  const databaseUrls = await server.copies(setup.name);
  const waybill = await startWaybill({ databaseUrls, redisUrl: redis?.url, queuesPrefix, folder });
  setup.addPart(waybill.stop);
  try {
    return await measureReplay(setup, waybill, databaseOf(databaseUrls.queues));
  } finally {
    await waybill.stop();
    await server.drop(databaseUrls);
  }
}

async function measureReplay(
  setup: RunSetup,
  waybill: WaybillServer,
  queuesDatabase: string,
): Promise<RunResult> {
  const placing = new PlacingPhase(setup.tell);
  const replay = runScript<ReplayReport>('replay', parameters(setup, waybill.url), placing.hear);
  setup.addPart(replay.stop);
  const sampler = startSampling(meters(setup, waybill.pid, replay.pid, queuesDatabase));
  try {
    const report = await Promise.race([replay.result, waybill.ended]);
    const readings = await sampler.stop();
    return resultOf(setup.redis ? 'redis' : 'postgres', report, readings, placing.endedAt);
  } finally {
    await sampler.stop();
    replay.stop();
  }
}

function parameters({ file, limit, concurrency }: RunSetup, url: string): string[] {
  const limited = limit === undefined ? [] : ['--limit', `${limit}`];
  return [file, '--url', url, '--concurrency', `${concurrency}`, ...limited];
}

/** Names of what is measured during the run. */
export type MeterName =
  | 'node'
  | 'nodeMainThread'
  | 'nodePeakMb'
  | 'postgres'
  | 'postgresQueues'
  | 'redis'
  | 'load'
  | 'machine';

function meters(
  { server, redis }: RunSetup,
  node: number,
  load: number,
  queues: string,
): Record<MeterName, Meter> {
  return {
    node: processCpu(node),
    nodeMainThread: mainThreadCpu(node),
    nodePeakMb: peakMemory(node),
    postgres: postgresCpu(server.pid),
    postgresQueues: databaseCpu(server.pid, queues),
    redis: redis?.cpu ?? (() => undefined),
    load: processCpu(load),
    machine: machineCpu,
  };
}

/** The replay tells how far each phase has come; its last word about placing comes when the last order is settled. */
class PlacingPhase {
  #endedAt: number | undefined;
  readonly #tell: (line: string) => void;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  readonly hear = (line: string): void => {
    if (line.startsWith('place:')) this.#endedAt = performance.now();
    this.#tell(line);
  };

  /** On the clock of `performance.now()`. */
  get endedAt(): number {
    if (this.#endedAt === undefined) throw new Error('the replay did not tell of placing orders');
    return this.#endedAt;
  }
}
