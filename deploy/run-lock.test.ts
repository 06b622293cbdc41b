import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeRunLock, whoRuns } from './run-lock.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-lock-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('the lock of a data folder', () => {
  it('is held by one process, which says where it answers', async () => {
    const lock = await takeRunLock(folder);
    await lock.ready('http://localhost:4000/graphql');
    expect(whoRuns(folder)).toMatchObject({
      pid: process.pid,
      url: 'http://localhost:4000/graphql',
    });
    await expect(takeRunLock(folder)).rejects.toThrow(/already runs on .* set WAYBILL_DATA$/);
    await lock.release();
    expect(whoRuns(folder)).toBeUndefined();
  });

  it('is free again when its holder died, even if another process has its number now', async () => {
    await takeRunLock(folder);
    const file = join(folder, 'running.json');
    const held = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...held, startMark: 'earlier' }));
    expect(whoRuns(folder)).toBeUndefined();
    await expect(takeRunLock(folder)).resolves.toBeDefined();
  });
});
