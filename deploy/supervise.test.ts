import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRunning } from './process-table.js';
import { type Supervised, supervise } from './supervise.js';

let folder: string;
let supervised: Supervised | undefined;
let incidents: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-supervise-'));
  incidents = [];
});

afterEach(async () => {
  await supervised?.close();
  await rm(folder, { recursive: true });
});

async function started(program: string): Promise<Supervised> {
  const file = join(folder, 'program.mjs');
  await writeFile(file, program);
  const onIncident = (text: string) => void incidents.push(text);
  supervised = supervise({ name: 'orders', file, env: {}, onIncident });
  return supervised;
}

const WORKS = `process.send({ ready: true, url: 'http://localhost:' + process.pid });`;
const STAYS = `${WORKS} setInterval(() => {}, 1000);`;

describe('a supervised process', () => {
  it('says when it is ready, and ends when it is told to', async () => {
    const process = await started(STAYS);
    expect(await process.ready()).toEqual({ ready: true, url: `http://localhost:${process.pid}` });
    const pid = process.pid ?? 0;
    await process.close();
    expect(isRunning(pid)).toBe(false);
    expect(incidents).toEqual([]);
  });

  it('is started again when it ends by itself, and not in silence', async () => {
    const supervisedProcess = await started(STAYS);
    await supervisedProcess.ready();
    const first = supervisedProcess.pid ?? 0;
    process.kill(first, 'SIGKILL');
    await expect.poll(() => supervisedProcess.pid, { timeout: 5000 }).not.toBe(first);
    expect((await supervisedProcess.ready()).url).toBe(`http://localhost:${supervisedProcess.pid}`);
    expect(incidents).toEqual(['orders ended (SIGKILL): starting it again']);
  });

  it('is killed when it does not end, a second before everything has to be over', async () => {
    const stubborn = await started(`process.on('SIGTERM', () => {}); ${STAYS}`);
    await stubborn.ready();
    const pid = stubborn.pid ?? 0;
    const by = performance.now() + 2000;
    await stubborn.close(by);
    expect(isRunning(pid)).toBe(false);
    expect(by - performance.now()).toBeGreaterThan(0);
    expect(incidents).toEqual(['orders did not stop within 1.0 s: killing it']);
  });

  it('has a moment for its end also when an earlier one took all the time', async () => {
    const late = await started(
      `process.on('SIGTERM', () => setTimeout(() => process.exit(), 50)); ${STAYS}`,
    );
    await late.ready();
    await late.close(performance.now());
    expect(incidents).toEqual([]);
  });

  it('that cannot start is not tried again and again', async () => {
    const broken = await started('process.exit(1);');
    await expect(broken.ready()).rejects.toThrow('orders did not start: its reason is above');
    expect(incidents).toEqual([]);
  });
});
