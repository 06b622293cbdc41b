import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { type QueueBackend, queueBackend } from '@waybill/kernel/queue-backend.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import type { StoredEvent } from '@waybill/schema/commands.js';
import type { Worker } from 'bullmq';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eachEvent } from './each-event.js';
import { openQueues, type Queues } from './queues.js';
import { BUNDLE_SIZE } from './routes.js';
import type { EventHandler } from './traced.js';

const RETRIES = { attempts: 3, firstPauseMs: 1 };

let backend: QueueBackend;
let queues: Queues;
const workers: Worker[] = [];

beforeAll(async () => {
  const prefix = `t${newId().replaceAll('-', '')}`;
  const { REDIS_URL: redisUrl } = process.env;
  backend = queueBackend({ redisUrl, databaseUrl: await testDatabase(), prefix });
  queues = await openQueues(backend, silentLog, { payment: RETRIES });
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close(true)));
  for (const queue of queues.all) await queue.obliterate({ force: true });
});
afterAll(() => queues.close());

const payment = () => queues.all.find(({ name }) => name === 'payment');

function events(count: number): [StoredEvent, ...StoredEvent[]] {
  const one = () => ({ id: newId(), type: 'order.reserved', subject: newId(), data: {} });
  return Array.from({ length: count }, one) as [StoredEvent, ...StoredEvent[]];
}

/** Notes which events come, in which job and attempt at it. */
function work(handle: (id: string) => Promise<unknown> | undefined, lockDuration = 10_000) {
  const seen: Array<{ id: string; job: string; attempt: number }> = [];
  const noting: EventHandler = async (event, job) => {
    seen.push({ id: event.id, job: String(job.id), attempt: job.attemptsStarted });
    await handle(event.id);
  };
  const options = {
    concurrency: 8,
    lockDuration,
    stalledInterval: lockDuration / 2,
    maxStalledCount: 10,
  };
  workers.push(backend.worker('payment', eachEvent(queues, 'payment', noting), options));
  return seen;
}

const states = (of: StoredEvent[]) => queues.statesOf(of, 'payment');

describe('events that leave together', () => {
  it('travel as one job, as many as it may hold', async () => {
    const all = events(BUNDLE_SIZE.payment + 3);
    await queues.publish(all);
    expect(await payment()?.getJobCountByTypes('waiting')).toBe(2);
    expect(new Set(await states(all))).toEqual(new Set(['live']));
    const seen = work(() => undefined);
    await expect.poll(() => seen.length).toBe(all.length);
    expect(new Set(seen.map(({ job }) => job)).size).toBe(2);
    await expect.poll(() => states(all)).toEqual(all.map(() => 'missing'));
  });

  it('published twice are one job', async () => {
    const all = events(3);
    await queues.publish(all);
    await Promise.all([queues.publish(all), queues.publish(all)]);
    expect(await payment()?.getJobCountByTypes('waiting')).toBe(1);
  });

  it('go on alone where one fails, which is given up after as many attempts as any', async () => {
    const all = events(4);
    const [broken] = all;
    const seen = work((id) => (id === broken.id ? Promise.reject(new Error('broken')) : undefined));
    await queues.publish(all);
    await expect.poll(() => states(all)).toEqual(['dead', 'missing', 'missing', 'missing']);
    expect(seen.filter(({ id }) => id === broken.id)).toHaveLength(RETRIES.attempts);
    expect(seen).toHaveLength(all.length - 1 + RETRIES.attempts);
    expect(await queues.deadLetters()).toMatchObject([
      { id: broken.id, orderId: broken.subject, reason: 'broken', queue: 'payment' },
    ]);
  });

  it('do not wait for one that hangs before they are tried again', async () => {
    const [hanging, failing] = events(2);
    const seen = work((id) =>
      id === hanging.id ? new Promise(() => {}) : Promise.reject(new Error('broken')),
    );
    await queues.publish([hanging, failing as StoredEvent]);
    await expect.poll(() => states([hanging, failing as StoredEvent])).toEqual(['live', 'dead']);
    expect(seen.filter(({ id }) => id === hanging.id)).toHaveLength(1);
  });

  it('do not fail together with the one that their worker dies of', async () => {
    const all = events(3);
    const [poison, ...others] = all;
    await queues.publish(all);
    // It hangs for good and lets nobody know, like a process that was killed.
    const dying = work(() => new Promise(() => {}), 200);
    await expect.poll(() => dying.length).toBe(3);
    await workers.pop()?.close(true);

    const seen = work((id) => (id === poison.id ? new Promise(() => {}) : undefined), 200);
    await expect.poll(() => states(others)).toEqual(['missing', 'missing']);
    expect(await states([poison])).toEqual(['live']);
    expect(seen.map(({ id, job }) => job === id)).toEqual(seen.map(() => true));
    expect(seen.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
  });
});

it('a bundle that failed for good is a dead letter for each of its orders, and can be retried', async () => {
  const all = events(2);
  const broken = backend.worker('payment', () => Promise.reject(new Error('no queue')), {});
  workers.push(broken);
  await queues.publish(all);
  await expect.poll(() => states(all)).toEqual(['dead', 'dead']);
  const [letter] = await queues.deadLetters();
  expect(letter).toMatchObject({ orderId: all.map(({ subject }) => subject).join(' ') });
  await workers.pop()?.close();
  const seen = work(() => undefined);
  expect(await queues.retry(letter?.id ?? '')).toBe(true);
  await expect.poll(() => states(all)).toEqual(['missing', 'missing']);
  expect(seen.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
});
