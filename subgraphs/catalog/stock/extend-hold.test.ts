import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, openTestCatalog, type TestCatalog } from '../testing/catalog.js';

const NOT_HELD = { outcome: 'NOT_HELD' };

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.stock('A', 1000);
});
afterAll(() => catalog.close());

function request(ttlSeconds: number) {
  return { orderId: newId(), items: [{ sku: 'A', quantity: 1 }], ttlSeconds };
}

/** An hour ago, as far as the hold knows. */
async function made(orderId: string, secondsAgo: number): Promise<void> {
  await catalog.db.query(
    'test.age',
    `update holds set created_at = now() - make_interval(secs => $2) where order_id = $1`,
    [orderId, secondsAgo],
  );
}

/** Seconds from now, by the clock of the database. */
async function expiresIn(orderId: string): Promise<number | undefined> {
  const [row] = await catalog.db.query<{ seconds: number }>(
    'test.expiry',
    `select round(extract(epoch from expires_at - now()))::integer as seconds
     from holds where order_id = $1`,
    [orderId],
  );
  return row?.seconds;
}

describe('extendHold', () => {
  it.each([
    ['at least so long from now', { ttl: 60, age: 0, ttlSeconds: 900, maxSeconds: 9000 }, 900],
    ['not beyond its longest life', { ttl: 60, age: 1000, ttlSeconds: 900, maxSeconds: 1300 }, 300],
    ['never shorter', { ttl: 600, age: 0, ttlSeconds: 60, maxSeconds: 9000 }, 600],
    ['never shorter at its limit', { ttl: 600, age: 100, ttlSeconds: 900, maxSeconds: 200 }, 600],
  ])('lets a hold live %s', async (_, { ttl, age, ttlSeconds, maxSeconds }, expected) => {
    const input = request(ttl);
    await catalog.commands.reserveStock([input]);
    await made(input.orderId, age);
    const [answer] = await catalog.commands.extendHold([{ ...input, ttlSeconds, maxSeconds }]);
    expect(await expiresIn(input.orderId)).toBe(expected);
    const [again] = await catalog.commands.reserveStock([input]);
    expect(answer).toEqual({ ...again, outcome: 'EXTENDED' });
  });

  it('leaves a committed hold as it is', async () => {
    const input = request(60);
    await catalog.commands.reserveStock([input]);
    await catalog.commands.commitStock([input]);
    const asked = { ...input, ttlSeconds: 900, maxSeconds: 9000 };
    const [answer] = await catalog.commands.extendHold([asked]);
    expect(answer).toMatchObject({ outcome: 'EXTENDED' });
    expect(await expiresIn(input.orderId)).toBe(60);
  });

  it('brings no hold back that is unknown, has ended or is overdue', async () => {
    const [unknown, released, overdue] = [request(60), request(60), request(0)];
    await catalog.commands.reserveStock([released, overdue]);
    await catalog.commands.releaseStock([released]);
    const asked = [unknown, released, overdue].map(({ orderId }) => ({
      orderId,
      ttlSeconds: 900,
      maxSeconds: 9000,
    }));
    expect(await catalog.commands.extendHold(asked)).toEqual([NOT_HELD, NOT_HELD, NOT_HELD]);
    await catalog.commands.expireHolds([{ limit: 10 }]);
    expect(await catalog.holdState(overdue.orderId)).toBe('EXPIRED');
  });

  it('lets the longest wish count when a batch asks twice', async () => {
    const input = request(60);
    await catalog.commands.reserveStock([input]);
    const wishes = [300, 900, 600].map((ttlSeconds) => ({
      ...input,
      ttlSeconds,
      maxSeconds: 9000,
    }));
    const answers = await catalog.commands.extendHold(wishes);
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(await expiresIn(input.orderId)).toBe(900);
  });

  it('either lives on or expires when it races with the sweep', async () => {
    const inputs = Array.from({ length: 30 }, () => request(0.02));
    await catalog.commands.reserveStock(inputs);
    const asked = inputs.map((input) => ({ ...input, ttlSeconds: 900, maxSeconds: 9000 }));
    const [answers] = await Promise.all([
      Promise.all(asked.map(async (each) => (await catalog.commands.extendHold([each]))[0])),
      catalog.commands.expireHolds([{ limit: 100 }]),
    ]);
    await catalog.commands.expireHolds([{ limit: 100 }]);
    const states = await Promise.all(inputs.map(({ orderId }) => catalog.holdState(orderId)));
    const extended = answers.map((each) => each && 'outcome' in each && each.outcome);
    expect(states.map((state) => (state === 'HELD' ? 'EXTENDED' : 'NOT_HELD'))).toEqual(extended);
  });

  it('takes one statement for a batch', async () => {
    const inputs = Array.from({ length: 64 }, () => request(60));
    await catalog.commands.reserveStock(inputs);
    const statements = countStatements();
    await catalog.commands.extendHold(inputs.map((input) => ({ ...input, maxSeconds: 9000 })));
    expect(statements()).toBe(1);
  });
});
