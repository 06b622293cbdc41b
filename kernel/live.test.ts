import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from './ids.js';
import { type Live, openLive } from './live.js';
import { silentLog } from './log.js';
import { type QueueBackend, queueBackend } from './queue-backend.js';
import { testDatabase } from './testing/database.js';

type Change = { n: number };

const unique = () => `t${newId().replaceAll('-', '')}`;
const { REDIS_URL: redisUrl } = process.env;

const BACKENDS: Array<[string, () => Promise<QueueBackend>]> = [
  ['PostgreSQL', async () => queueBackend({ databaseUrl: await testDatabase(), prefix: unique() })],
];
if (redisUrl) BACKENDS.push(['Redis', async () => queueBackend({ redisUrl, prefix: unique() })]);

describe.each(BACKENDS)('on %s', (name, open) => {
  let backend: QueueBackend;
  let here: Live<Change>;
  let there: Live<Change>;
  beforeAll(async () => {
    backend = await open();
    here = await openLive<Change>(backend, silentLog);
    there = await openLive<Change>(backend, silentLog);
  });
  afterAll(async () => {
    await Promise.all([here.close(), there.close()]);
  });

  it('is the backend that was asked for', () => {
    expect(backend.kind).toBe(name === 'Redis' ? 'redis' : 'postgres');
  });

  describe('what is published live', () => {
    it('is heard by everybody who listens, in this process and others, in order', async () => {
      const heard: Change[][] = [[], [], []];
      const stops = [here, here, there].map((live, i) =>
        live.subscribe((changes) => heard[i]?.push(...changes)),
      );
      await here.publish([{ n: 1 }, { n: 2 }]);
      await here.publish([{ n: 3 }]);
      for (const list of heard)
        await expect.poll(() => list).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
      for (const stop of stops) stop();
    });

    it('is not heard by who left', async () => {
      const heard: string[] = [];
      const stop = here.subscribe(() => heard.push('left'));
      const stay = here.subscribe(() => heard.push('stayed'));
      stop();
      await there.publish([{ n: 4 }]);
      await expect.poll(() => heard).toEqual(['stayed']);
      stay();
    });

    it('reaches the others where one listener fails', async () => {
      const heard: Change[] = [];
      const bad = here.subscribe(() => {
        throw new Error('listener');
      });
      const good = here.subscribe((changes) => heard.push(...changes));
      await there.publish([{ n: 5 }]);
      await there.publish([{ n: 6 }]);
      await expect.poll(() => heard).toEqual([{ n: 5 }, { n: 6 }]);
      bad();
      good();
    });

    it('carries a batch of a thousand changes in one message', async () => {
      const batches: number[] = [];
      const stop = there.subscribe((changes) => batches.push(changes.length));
      await here.publish(Array.from({ length: 1000 }, (_, n) => ({ n })));
      await expect.poll(() => batches).toContain(1000);
      stop();
    });
  });

  describe('a queue', () => {
    it('gives a job to one worker, once per id, and keeps what it carries', async () => {
      const queueName = unique();
      const queue = backend.queue(queueName);
      const done: unknown[] = [];
      const work = async ({ data }: { data: unknown }) => void done.push(data);
      const workers = [1, 2].map(() => backend.worker(queueName, work, { concurrency: 4 }));
      const jobs = [1, 2, 2, 3, 3].map((n) => ({
        name: 'job',
        data: { n },
        opts: { jobId: `job-${n}` },
      }));
      await queue.addBulk(jobs);
      await expect.poll(() => done.length, { timeout: 10_000 }).toBe(3);
      expect(done).toEqual(expect.arrayContaining([{ n: 1 }, { n: 2 }, { n: 3 }]));
      await Promise.all(workers.map((worker) => worker.close()));
      await queue.close();
    });

    it('tries a job again that failed, and keeps it when it has failed for good', async () => {
      const queueName = unique();
      const queue = backend.queue(queueName);
      let tries = 0;
      const worker = backend.worker(
        queueName,
        async () => {
          tries += 1;
          throw new Error('no');
        },
        {},
      );
      worker.on('error', () => {});
      await queue.add('job', {}, { attempts: 3, backoff: { type: 'fixed', delay: 1 } });
      await expect.poll(() => queue.getFailedCount(), { timeout: 10_000 }).toBe(1);
      expect(tries).toBe(3);
      await worker.close();
      await queue.close();
    });
  });
});

it('queues without a place to be are refused', () => {
  expect(() => queueBackend({})).toThrow('REDIS_URL or QUEUES_DATABASE_URL');
});
