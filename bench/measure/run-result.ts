import { availableParallelism } from 'node:os';
import { Failure } from '@waybill/scripts/command-line/failure.js';
import type { Quantiles, ReplayReport } from '@waybill/scripts/replay/report.js';
import { boundBy, type CoresInUse } from './bound-by.js';
import type { MeterName } from './measure-run.js';
import { type Reading, rise } from './sampler.js';

export type Backend = 'postgres' | 'redis';

/** CPU seconds per 1,000 orders, from the first `placeOrder` to the last CONFIRMED. */
export interface CpuPer1000 {
  node: number;
  postgres: number;
  /** The part of PostgreSQL that serves the database of the queues. */
  postgresQueues: number | null;
  redis: number | null;
  /** The replay, which is no part of Waybill but uses the same cores. */
  load: number;
}

/** What one replay of the file showed. */
export interface RunResult {
  backend: Backend;
  orders: number;
  /** From the first `placeOrder` to the last CONFIRMED. */
  seconds: number;
  ordersPerSecond: number;
  placeOrderMs: Quantiles;
  confirmedMs: Quantiles;
  /** Null where there is no /proc. */
  cpuPer1000: CpuPer1000 | null;
  cores: CoresInUse | null;
  /** Megabytes of memory of the Node process at the most, over the whole replay. */
  nodePeakMb: number | null;
  boundBy: string | null;
  reconciles: boolean;
  faults: string[];
}

export function resultOf(
  backend: Backend,
  { speed, orders, reconciles, faults }: ReplayReport,
  readings: Array<Reading<MeterName>>,
  until: number,
): RunResult {
  const { ordersPerSecond, placeOrderMs, confirmedMs } = speed;
  const seconds = speed.seconds.place ?? 0;
  if (ordersPerSecond === null || !placeOrderMs || !confirmedMs) {
    throw new Failure(`no order was confirmed: ${faults[0] ?? 'the file has none'}`);
  }
  const used = (name: MeterName) => rise(readings, name, until - seconds * 1000, until);
  const cores = coresInUse(used, seconds);
  return {
    backend,
    orders: orders.placedNow,
    seconds,
    ordersPerSecond,
    placeOrderMs,
    confirmedMs,
    cpuPer1000: cpuPer1000(used, orders.placedNow),
    cores,
    nodePeakMb: readings.at(-1)?.values.nodePeakMb ?? null,
    boundBy: cores && boundBy(cores, availableParallelism()),
    reconciles,
    faults,
  };
}

type Used = (name: MeterName) => number | undefined;

function cpuPer1000(used: Used, orders: number): CpuPer1000 | null {
  const [node, postgres, load] = [used('node'), used('postgres'), used('load')];
  if (node === undefined || postgres === undefined || load === undefined) return null;
  const each = (seconds: number) => (seconds / orders) * 1000;
  const [queues, redis] = [used('postgresQueues'), used('redis')];
  return {
    node: each(node),
    postgres: each(postgres),
    postgresQueues: queues === undefined ? null : each(queues),
    redis: redis === undefined ? null : each(redis),
    load: each(load),
  };
}

function coresInUse(used: Used, seconds: number): CoresInUse | null {
  const machine = used('machine');
  if (machine === undefined) return null;
  const cores = (name: MeterName) => (used(name) ?? 0) / seconds;
  const [node, postgres, redis, load] = [
    cores('node'),
    cores('postgres'),
    cores('redis'),
    cores('load'),
  ];
  const others = Math.max(0, machine / seconds - node - postgres - redis - load);
  return { node, nodeMainThread: cores('nodeMainThread'), postgres, redis, load, others };
}
