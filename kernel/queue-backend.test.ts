import pg from 'pg';
import { afterEach, expect, it } from 'vitest';
import { queueBackend } from './queue-backend.js';
import { testDatabase } from './testing/database.js';

type AnyFunction = (...args: never[]) => Promise<unknown>;

const prototype = pg.Client.prototype as unknown as { query: AnyFunction };
const { query } = prototype;
afterEach(() => {
  prototype.query = query;
});

/** Every connection breaks when its first statement was answered, before the next. */
function breakConnections(): void {
  prototype.query = async function (this: pg.Client, ...args: never[]) {
    const result = await query.apply(this, args);
    const { stream } = (this as unknown as { connection: { stream: { destroy(): void } } })
      .connection;
    stream.destroy();
    await new Promise<void>((resolve) => this.once('end', resolve));
    return result;
  };
}

it('is no end of the process where a connection breaks between two statements', async () => {
  const backend = queueBackend({ databaseUrl: await testDatabase() });
  breakConnections();
  const queue = backend.queue('jobs');
  queue.on('error', () => {});
  await expect(queue.waitUntilReady()).rejects.toThrow();
  await queue.close();
});

it('writes nothing where it only reads', async () => {
  const databaseUrl = await testDatabase();
  const looking = queueBackend({ databaseUrl, readOnly: true }).queue('jobs');
  looking.on('error', () => {});
  await expect(looking.waitUntilReady()).rejects.toThrow();
  const working = queueBackend({ databaseUrl }).queue('jobs');
  await working.waitUntilReady();
  const again = queueBackend({ databaseUrl, readOnly: true }).queue('jobs');
  expect(await again.getJobs(['waiting'])).toEqual([]);
  await expect(again.add('job', {})).rejects.toThrow('read-only');
  await Promise.all([looking, working, again].map((queue) => queue.close()));
});
