import { randomBytes } from 'node:crypto';
import { startDistributed } from '@waybill/deploy/distributed.js';
import { startOneProcess } from '@waybill/deploy/one-process.js';
import type { RunningDatabases } from '@waybill/deploy/running-databases.js';
import type { Waybill, WaybillOptions } from '@waybill/deploy/waybill.js';
import { freshDatabases, queuesPrefix } from './databases.js';

export const TOPOLOGIES = ['one process', 'distributed'] as const;
export type Topology = (typeof TOPOLOGIES)[number];

export type TestOptions = Partial<WaybillOptions> & { topology?: Topology };

const START = { 'one process': startOneProcess, distributed: startDistributed };

export interface TestWaybill extends Waybill {
  /** Where it keeps its data, for whoever looks at it from outside. */
  databases: RunningDatabases;
}

/**
 * A whole Waybill of this test's own: fresh databases, free ports, and queues that nobody else reads. Queues and live
 * updates run on Redis where REDIS_URL is set, else on PostgreSQL.
 */
export async function startTestWaybill({
  topology = 'one process',
  ...options
}: TestOptions = {}): Promise<TestWaybill> {
  const databases = {
    databaseUrls: await freshDatabases(),
    redisUrl: process.env.REDIS_URL || undefined,
    queuesPrefix: queuesPrefix(),
  };
  const waybill = await START[topology]({
    ...databases,
    internalSecret: randomBytes(32).toString('hex'),
    logLevel: 'error',
    seedDemo: true,
    ...options,
  });
  return { ...waybill, databases };
}
