import { defineEntity, p } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { afterEach, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.js';
import { newId } from './ids.js';
import { silentLog } from './log.js';
import {
  CREATE_OUTBOX,
  type OutboxEvent,
  type OutboxRelay,
  outboxRelay,
  TRACE_OUTBOX,
} from './outbox.js';
import { testDatabase } from './testing/database.js';

class CreateOutbox extends Migration {
  override up(): void {
    this.addSql(CREATE_OUTBOX);
    this.addSql(TRACE_OUTBOX);
  }
}

const OutboxTable = defineEntity({
  name: 'OutboxRow',
  tableName: 'outbox',
  properties: { position: p.bigint().primary() },
});

const open: Array<{ close(): Promise<void> }> = [];
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

async function openOutbox(): Promise<Database> {
  const db = await openDatabase({
    url: await testDatabase(),
    entities: [OutboxTable],
    migrations: [{ name: 'create-outbox', class: CreateOutbox }],
  });
  open.push(db);
  return db;
}

function relayOf(db: Database, publish: (events: OutboxEvent[]) => Promise<void>): OutboxRelay {
  const relay = outboxRelay(db, publish, silentLog);
  open.push(relay);
  return relay;
}

/** Writes `count` events whose data are their numbers. */
async function write(db: Database, count: number, from = 0): Promise<void> {
  await db.query(
    'test.write',
    `insert into outbox (id, type, subject, data)
     select gen_random_uuid(), 'test.happened', $1, to_jsonb(n)
     from generate_series($2::int, $3::int) n order by n`,
    [newId(), from, from + count - 1],
  );
}

const left = async (db: Database) =>
  (await db.query<{ n: number }>('test.left', 'select count(*)::int n from outbox'))[0]?.n;

const numbers = (events: OutboxEvent[]) => events.map(({ data }) => data);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

it('publishes what was committed before it started, in order, in portions', async () => {
  const db = await openOutbox();
  await write(db, 1200);
  const batches: OutboxEvent[][] = [];
  relayOf(db, async (events) => void batches.push(events)).start();
  await expect.poll(() => batches.flat().length).toBe(1200);
  expect(batches.map(({ length }) => length)).toEqual([500, 500, 200]);
  expect(numbers(batches.flat())).toEqual(upTo(1200));
  expect(Object.keys(batches[0]?.[0] ?? {})).toEqual(['id', 'type', 'subject', 'data']);
  await expect.poll(() => left(db)).toBe(0);
});

it('publishes at once when it is woken, and by itself what nobody told it of', async () => {
  const db = await openOutbox();
  const seen: OutboxEvent[] = [];
  const relay = relayOf(db, async (events) => void seen.push(...events));
  relay.start();
  await write(db, 1);
  relay.wake();
  await expect.poll(() => numbers(seen)).toEqual([0]);
  await write(db, 1, 1);
  await expect.poll(() => numbers(seen), { timeout: 5000 }).toEqual([0, 1]);
});

it('publishes again what could not be published, with the same ids', async () => {
  const db = await openOutbox();
  await write(db, 3);
  const tries: string[][] = [];
  relayOf(db, async (events) => {
    tries.push(events.map(({ id }) => id));
    if (tries.length < 3) throw new Error('queue away');
  }).start();
  await expect.poll(() => tries.length, { timeout: 8000 }).toBe(3);
  expect(new Set(tries.map((ids) => ids.join())).size).toBe(1);
  await expect.poll(() => left(db)).toBe(0);
});

it('keeps the rows until they are published', async () => {
  const db = await openOutbox();
  await write(db, 1);
  const { promise: published, resolve: finish } = Promise.withResolvers<void>();
  let began = false;
  const relay = relayOf(db, () => {
    began = true;
    return published;
  });
  relay.start();
  await expect.poll(() => began).toBe(true);
  expect(await left(db)).toBe(1);
  finish();
  await expect.poll(() => left(db)).toBe(0);
});

it('shares the work with the relay of another process: each event goes out once', async () => {
  const db = await openOutbox();
  await write(db, 4000);
  const seen: Array<[who: string, events: OutboxEvent[]]> = [];
  const { promise: bothAreAtWork, resolve } = Promise.withResolvers<void>();
  for (const who of ['one', 'other']) {
    relayOf(db, async (events) => {
      seen.push([who, events]);
      if (new Set(seen.map(([each]) => each)).size === 2) resolve();
      // Whoever begins first could be done with everything before the other begins.
      await bothAreAtWork;
    }).start();
  }
  await expect.poll(() => left(db), { timeout: 10_000 }).toBe(0);
  const all = seen.flatMap(([, events]) => numbers(events)) as number[];
  expect(all.toSorted((a, b) => a - b)).toEqual(upTo(4000));
  expect(new Set(seen.map(([who]) => who)).size).toBe(2);
  for (const [, events] of seen) {
    const taken = numbers(events) as number[];
    expect(taken.toSorted((a, b) => a - b)).toEqual(taken);
  }
});

it('finishes what it is about when it is closed, and does no more', async () => {
  const db = await openOutbox();
  await write(db, 1);
  const { promise: published, resolve: finish } = Promise.withResolvers<void>();
  const seen: unknown[] = [];
  const relay = relayOf(db, async (events) => {
    seen.push(...numbers(events));
    await published;
  });
  relay.start();
  await expect.poll(() => seen).toEqual([0]);
  const closed = relay.close();
  await write(db, 1, 1);
  relay.wake();
  finish();
  await closed;
  relay.wake();
  expect(seen).toEqual([0]);
  expect(await left(db)).toBe(1);
});

it('publishes nothing before it is started', async () => {
  const db = await openOutbox();
  await write(db, 1);
  const seen: unknown[] = [];
  const relay = relayOf(db, async (events) => void seen.push(...events));
  relay.wake();
  expect(await left(db)).toBe(1);
  relay.start();
  await expect.poll(() => seen.length).toBe(1);
});
