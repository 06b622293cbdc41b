import { once } from 'node:events';
import { type OpsServer, startOpsServer } from '@waybill/deploy/ops-server.js';
import { openQueues, type Queues } from '@waybill/jobs/queues.js';
import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { type QueueBackend, queueBackend } from '@waybill/kernel/queue-backend.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { testTerminal } from '@waybill/scripts/command-line/testing.js';
import { deadLetters } from '@waybill/scripts/dead-letters.js';
import { afterAll, beforeAll, expect, it } from 'vitest';

let backend: QueueBackend;
let queues: Queues;
let server: OpsServer;

beforeAll(async () => {
  backend = queueBackend({ databaseUrl: await testDatabase() });
  queues = await openQueues(backend, silentLog, { reservation: { attempts: 1, firstPauseMs: 0 } });
  server = await startOpsServer({ port: 0, queues });
});
afterAll(async () => {
  await server?.close();
  await queues?.close();
});

async function run(...args: string[]) {
  const terminal = testTerminal('--url', server.url, ...args);
  const exitCode = await deadLetters(terminal);
  expect(terminal.stderr).toBe('');
  return { exitCode, stdout: terminal.stdout };
}

/** The id of a job that used up its only attempt. */
async function deadLetter(): Promise<string> {
  const data = { items: [], notify: false, customerId: null };
  const event = { id: newId(), type: 'order.placed', subject: newId(), data } as const;
  await queues.publish([event]);
  const refuse = () => Promise.reject(new Error('no way'));
  const worker = backend.worker('reservation', refuse, {});
  await once(worker, 'failed');
  await worker.close();
  return event.id;
}

it('says that there are none', async () => {
  expect(await run()).toEqual({ exitCode: 0, stdout: 'There are no dead letters.\n' });
  expect(await run('--json')).toEqual({ exitCode: 0, stdout: '[]\n' });
});

it('lists them for people and for programs, and retries them', async () => {
  const id = await deadLetter();
  expect((await run()).stdout).toMatch(new RegExp(`${id}.* no way`));
  expect(JSON.parse((await run('--json')).stdout)).toMatchObject([{ id, reason: 'no way' }]);
  expect(await run(id)).toEqual({ exitCode: 0, stdout: `${id} is retried\n` });
});

it('ends with 1 where one of the ids is none', async () => {
  const [good, bad] = [await deadLetter(), newId()];
  const { exitCode, stdout } = await run(good, bad, '--json');
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toEqual([
    { id: good, retried: true },
    { id: bad, retried: false },
  ]);
});
