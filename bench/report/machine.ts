import { availableParallelism, cpus, totalmem } from 'node:os';
import { postgresVersion } from '@waybill/deploy/postgres-program.js';
import { isInMemory } from '../measure/disk.js';

/** What figures depend on and cannot be read without. */
export interface Machine {
  cores: number;
  cpu: string;
  memoryGb: number;
  node: string;
  postgres: string;
  /** Milliseconds until a page of 8 KB is on disk, in the median. */
  commitMs: number;
  /** Then fsync does nothing. */
  databasesInMemory: boolean;
}

export async function describeMachine(folder: string, commitMs: number): Promise<Machine> {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
    postgres: await postgresVersion(),
    commitMs,
    databasesInMemory: await isInMemory(folder),
  };
}
