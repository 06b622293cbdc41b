import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from './fault.js';
import { isRunning, startMark } from './process-table.js';

/** Which process works on a data folder, and where it answers. */
export interface Running {
  pid: number;
  startMark: string;
  /** The gateway's address, once it is ready. */
  url?: string;
}

const lockFile = (dataDirectory: string) => join(dataDirectory, 'running.json');

/** The process that works on the folder now; undefined also when it died without saying so. */
export function whoRuns(dataDirectory: string): Running | undefined {
  try {
    const running: Running = JSON.parse(readFileSync(lockFile(dataDirectory), 'utf8'));
    const same = isRunning(running.pid) && startMark(running.pid) === running.startMark;
    return same ? running : undefined;
  } catch {
    return undefined;
  }
}

/** Claims the data folder for this process. Throws a Fault when another one works on it. */
export async function takeRunLock(dataDirectory: string): Promise<{
  ready(url: string): Promise<void>;
  release(): Promise<void>;
}> {
  const other = whoRuns(dataDirectory);
  if (other) {
    throw new Fault(
      `Waybill already runs on ${dataDirectory} (process ${other.pid}): stop it or set WAYBILL_DATA`,
    );
  }
  await mkdir(dataDirectory, { recursive: true });
  const us = { pid: process.pid, startMark: startMark(process.pid) };
  const write = (running: Running) =>
    writeFile(lockFile(dataDirectory), JSON.stringify(running), { mode: 0o600 });
  await write(us);
  return {
    ready: (url) => write({ ...us, url }),
    release: () => rm(lockFile(dataDirectory), { force: true }),
  };
}
