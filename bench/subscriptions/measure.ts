import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Closing } from '@waybill/deploy/closing.js';
import { type Cores, chooseCores } from '../gateway/cores.js';
import { rotated } from '../gateway/samples.js';
import type { Worker } from '../gateway/worker.js';
import { processCpu } from '../measure/meters.js';
import {
  type Contender,
  KIND_NAMES,
  KINDS,
  type KindName,
  startContender,
  startViewers,
} from './contenders.js';
import type { Memory } from './processes/server-side.js';
import type { Deliveries } from './processes/viewers.js';

export interface SubscriptionsBenchOptions {
  rounds: number;
  subscriptions: number;
  tell(line: string): void;
}

/** One kind in one round. */
export interface Sample {
  kind: KindName;
  round: number;
  /** Bytes per subscription. */
  heap: number;
  resident: number;
  /** CPU milliseconds of the server per 1,000 deliveries of a broadcast; null where the system does not say. */
  cpuPer1000: number | null;
  /** Milliseconds. */
  broadcastP50: number;
  broadcastP99: number;
  /** Of events to one viewer each; null where all viewers are one. */
  singleP50: number | null;
  singleP99: number | null;
}

export interface SubscriptionsMeasured {
  cores: Cores;
  samples: Sample[];
  loadAverage: [before: number, after: number];
}

const BROADCASTS = 20;
const SINGLES = 1_000;
/** Milliseconds from one event to the next. */
const SINGLE_PAUSE_MS = 4;
/** Viewers and events before anything is measured, so that what runs often is compiled. */
const WARM_UP = { subscriptions: 500, broadcasts: 40 };

export async function measureSubscriptions(
  options: SubscriptionsBenchOptions,
  parts: Closing,
): Promise<SubscriptionsMeasured> {
  const before = loadavg()[0] ?? 0;
  const cores = chooseCores();
  const samples: Sample[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    for (const kind of rotated(KIND_NAMES, round)) {
      options.tell(`Round ${round + 1} of ${options.rounds}: ${KINDS[kind].title.trim()}`);
      samples.push(await measure(kind, round, cores, options, parts));
    }
  }
  return { cores, samples, loadAverage: [before, loadavg()[0] ?? 0] };
}

async function measure(
  kind: KindName,
  round: number,
  cores: Cores,
  { subscriptions }: SubscriptionsBenchOptions,
  parts: Closing,
): Promise<Sample> {
  const contender = await startContender(kind, cores, parts);
  const viewers = await startViewers(cores);
  parts.add(viewers.stop);
  try {
    await connect(kind, contender, viewers, WARM_UP.subscriptions);
    await broadcast(contender, viewers, WARM_UP.subscriptions, WARM_UP.broadcasts);
    await viewers.ask({ leave: true });
    const empty = await memoryOf(contender);
    await connect(kind, contender, viewers, subscriptions);
    const full = await memoryOf(contender);
    const cpu = processCpu(contender.server.pid);
    const cpuBefore = await cpu();
    const all = await broadcast(contender, viewers, subscriptions, BROADCASTS);
    const cpuAfter = await cpu();
    const single = KINDS[kind].shared ? undefined : await toEach(contender, viewers, subscriptions);
    const spent = cpuBefore === undefined || cpuAfter === undefined ? null : cpuAfter - cpuBefore;
    return {
      ...{ kind, round },
      heap: (full.heap - empty.heap) / subscriptions,
      resident: (full.resident - empty.resident) / subscriptions,
      cpuPer1000: spent && (spent * 1_000 * 1_000) / all.count,
      ...{ broadcastP50: all.p50, broadcastP99: all.p99 },
      ...{ singleP50: single?.p50 ?? null, singleP99: single?.p99 ?? null },
    };
  } finally {
    await viewers.stop();
    await contender.stop();
  }
}

/** Connects, and sends one event to all: whoever gets it is subscribed. */
async function connect(
  kind: KindName,
  { server, publisher }: Contender,
  viewers: Worker<object>,
  count: number,
): Promise<void> {
  const { query, shared } = KINDS[kind];
  await viewers.ask({ connect: { port: server.ready.port, count, query, shared } });
  await sleep(500);
  await publisher.ask({ publish: {} });
  await viewers.ask({ expect: count });
  await viewers.ask({ collect: true });
}

async function broadcast(
  { publisher }: Contender,
  viewers: Worker<object>,
  count: number,
  times: number,
): Promise<Deliveries> {
  for (let sent = 1; sent <= times; sent += 1) {
    await publisher.ask({ publish: {} });
    await viewers.ask({ expect: sent * count });
  }
  return viewers.ask({ collect: true });
}

async function toEach(
  { publisher }: Contender,
  viewers: Worker<object>,
  count: number,
): Promise<Deliveries> {
  for (let sent = 0; sent < SINGLES; sent += 1) {
    // Neighbours connected one after the other; a large stride goes through all of them.
    await publisher.ask({ publish: { viewer: (sent * 977) % count } });
    await sleep(SINGLE_PAUSE_MS);
  }
  await viewers.ask({ expect: SINGLES });
  return viewers.ask({ collect: true });
}

function memoryOf({ server }: Contender): Promise<Memory> {
  return server.ask<Memory>({ measure: true });
}
