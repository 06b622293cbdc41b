import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { type QueueBackend, queueBackend } from '@waybill/kernel/queue-backend.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import type { StoredEvent } from '@waybill/schema/commands.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueues, type Queues } from './queues.js';

const RETRIES = { attempts: 2, firstPauseMs: 1 };

let backend: QueueBackend;
let queues: Queues;

beforeAll(async () => {
  const prefix = `t${newId().replaceAll('-', '')}`;
  const { REDIS_URL: redisUrl } = process.env;
  backend = queueBackend({ redisUrl, databaseUrl: await testDatabase(), prefix });
  queues = await openQueues(backend, silentLog, { payment: RETRIES });
});
afterAll(() => queues.close());

function anEvent(type: string, data: object = {}): StoredEvent {
  return { id: newId(), type, subject: newId(), data };
}

/** Names of the queues in which an event has a job. */
async function queuesWith({ id }: StoredEvent): Promise<string[]> {
  const found = await Promise.all(
    queues.all.map(async (queue) => ((await queue.getJob(id)) ? [queue.name] : [])),
  );
  return found.flat().sort();
}

const queueNamed = (name: string) => queues.all.find((queue) => queue.name === name);

const told = { notify: true, customerId: newId() };

describe('publishing an event', () => {
  it('starts a job in each of its queues, under its own id', async () => {
    const event = anEvent('order.placed', told);
    await queues.publish([event]);
    expect(await queuesWith(event)).toEqual(['notification', 'reservation']);
    const job = await queueNamed('reservation')?.getJob(event.id);
    expect(job).toMatchObject({ name: 'order.placed', data: event });
  });

  it('starts mail to a guest as to a customer', async () => {
    const event = anEvent('order.confirmed', { notify: true, customerId: null });
    await queues.publish([event]);
    expect(await queuesWith(event)).toEqual(['notification']);
  });

  it('starts no mail where nobody wants any', async () => {
    const data = { notify: false, customerId: newId() };
    const [placed, confirmed] = [anEvent('order.placed', data), anEvent('order.confirmed', data)];
    await queues.publish([placed, confirmed]);
    expect(await queuesWith(placed)).toEqual(['reservation']);
    expect(await queuesWith(confirmed)).toEqual([]);
  });

  it('starts nothing for what nobody waits for', async () => {
    const event = anEvent('order.validated');
    await queues.publish([event]);
    expect(await queuesWith(event)).toEqual([]);
  });

  it('three times, also at once, starts one job', async () => {
    const event = anEvent('order.cancelling');
    const before = await waiting('payment');
    await queues.publish([event, event]);
    await Promise.all([queues.publish([event]), queues.publish([event])]);
    expect(await waiting('payment')).toBe(before + 1);
  });
});

async function waiting(name: string): Promise<number> {
  return (await queueNamed(name)?.getJobCountByTypes('waiting')) ?? 0;
}

describe('a job that fails for good', () => {
  it('is listed as a dead letter until it is retried', async () => {
    const event = anEvent('order.refund_requested');
    expect(await queues.statesOf([event], 'payment').then(([state]) => state)).toBe('missing');
    let broken = true;
    const worker = backend.worker(
      'payment',
      async (job) => {
        if (job.id === event.id && broken) throw new Error('the provider is out of order');
      },
      {},
    );
    await queues.publish([event]);
    await expect
      .poll(() => queues.statesOf([event], 'payment').then(([state]) => state))
      .toBe('dead');
    expect(await queues.deadLetters()).toEqual([
      {
        queue: 'payment',
        id: event.id,
        name: 'order.refund_requested',
        orderId: event.subject,
        reason: 'the provider is out of order',
        attempts: 2,
        failedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);

    broken = false;
    expect(await queues.retry(event.id)).toBe(true);
    await expect.poll(() => queuesWith(event)).toEqual([]);
    expect(await queues.deadLetters()).toEqual([]);
    expect(await queues.retry(event.id)).toBe(false);
    await worker.close();
  });
});
