import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DistributedWaybill, startDistributed } from '@waybill/deploy/distributed.js';
import { freePorts } from '@waybill/deploy/free-ports.js';
import { globalId, newId } from '@waybill/kernel/ids.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { checkJournal } from '@waybill/scripts/faults/check-journal.js';
import { readJournal } from '@waybill/scripts/faults/journal.js';
import type { DatabaseUrls, MistreatedSystem } from '@waybill/scripts/faults/own-system.js';
import { runFaults } from '@waybill/scripts/faults/run-faults.js';
import type { Strike } from '@waybill/scripts/faults/strikes.js';
import { startTcpProxy } from '@waybill/scripts/faults/tcp-proxy.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MINUTE = 60_000;

let folder: string;
let waybill: DistributedWaybill;
let system: MistreatedSystem;

/** One that never looks for lost jobs, so that what the reconciler protects from is seen. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-faults-test-'));
  const names = ['users', 'catalog', 'orders', 'payments', 'queues'] as const;
  const urls = await Promise.all(names.map(async (name) => [name, await testDatabase()] as const));
  const proxy = await startTcpProxy(Number(new URL(urls[0]?.[1] ?? '').port));
  const proxied = urls.map(([name, url]) => [name, url.replace(/:\d+\//, `:${proxy.port}/`)]);
  const [port] = await freePorts(1);
  waybill = await startDistributed({
    databaseUrls: Object.fromEntries(proxied),
    port: port as number,
    internalSecret: 'a secret of forty characters, for tests.',
    logLevel: 'silent',
    seedDemo: true,
    reconcileSeconds: 100_000,
  });
  const databaseUrls = Object.fromEntries(urls) as DatabaseUrls;
  const { url, processes } = waybill;
  system = { url, processes, databaseUrls, queuesPrefix: 'waybill', proxy };
}, MINUTE);
afterAll(async () => {
  await waybill?.close();
  await system?.proxy.close();
  await rm(folder, { recursive: true, force: true });
}, MINUTE);

const run = (seed: number, strikes: Strike[], settleMs: number, orders = 30) =>
  runFaults(system, {
    seed,
    orders,
    milliseconds: 2500,
    pauseMs: [300, 600],
    strikes,
    settleMs,
    folder,
    say: () => {},
    signal: new AbortController().signal,
  });

describe('a fault run', () => {
  it(
    'finds nothing where connections are cut and a subgraph hangs',
    async () => {
      const report = await run(1, ['cut connections', 'hang a subgraph'], 30_000);
      expect(report.findings).toEqual([]);
      expect(report.strikes.length).toBeGreaterThan(1);
      expect(report.acknowledged.place).toBeGreaterThanOrEqual(30);
      expect(report.audit.rules[7]?.checked).toBe(30);
    },
    MINUTE,
  );

  it('finds an acknowledged order that is not there, and a promise that was not kept', async () => {
    const file = join(folder, 'journal.jsonl');
    const entries = await readJournal(file);
    const first = entries.find(({ action }) => action === 'place');
    const lost = { ...first, orderId: globalId('Order').encode(newId()) };
    const broken = { ...first, action: 'refund', refundId: globalId('Refund').encode(newId()) };
    for (const entry of [lost, broken]) await appendFile(file, `${JSON.stringify(entry)}\n`);
    const { findings } = await checkJournal(
      await readJournal(file),
      system.databaseUrls.orders,
      'faults-1',
    );
    expect(findings).toEqual([
      expect.stringMatching(/is lost$/),
      expect.stringMatching(/has a refund lost$/),
    ]);
  });

  it(
    'finds the orders that nobody looks for, where the queue is wiped and there is no reconciler',
    async () => {
      await rm(join(folder, 'journal.jsonl'), { force: true });
      // So many that some wait for a job, and not for the clock of a payment, whenever the queue is wiped.
      const { clean, findings, settledSeconds } = await run(2, ['wipe the queue'], 2000, 150);
      expect([clean, settledSeconds]).toEqual([false, null]);
      expect(findings.join('\n')).toMatch(/order \S+ is still [A-Z]+/);
      expect(findings.join('\n')).toMatch(/invariant 11: \S+: [A-Z]+ for/);
    },
    MINUTE,
  );
});
