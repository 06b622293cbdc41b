import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { percentile } from '@waybill/scripts/command-line/figures.js';

const PAGE = Buffer.alloc(8192);
const WRITES = 200;

/** What statfs(2) calls a file system that lives in memory, where fsync does nothing. */
const TMPFS = 0x01021994;

/** Milliseconds until a page that was written to a file in this folder is on disk, in the median. */
export async function commitMs(folder: string): Promise<number> {
  const path = join(folder, 'commit-probe');
  const file = await open(path, 'w');
  const times: number[] = [];
  try {
    for (let i = 0; i < WRITES; i += 1) {
      const start = performance.now();
      await file.write(PAGE);
      await file.datasync();
      times.push(performance.now() - start);
    }
  } finally {
    await file.close();
    await rm(path);
  }
  return percentile(times, 0.5) ?? 0;
}

export async function isInMemory(folder: string): Promise<boolean> {
  return (await statfs(folder)).type === TMPFS;
}
