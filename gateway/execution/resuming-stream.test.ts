import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLostError, type SubgraphAnswer } from '../data-sources/data-source.js';
import { EventQueue } from '../data-sources/event-queue.js';
import { prepareOperation } from '../planning/prepare-operation.js';
import { POSITION_KEY } from '../planning/resumption.js';
import { type Opened, ResumingStream } from './resuming-stream.js';

const RESUMPTION = { operation: prepareOperation('{ a }', undefined), rootKey: 'entries' };
const entry = (seq: number | string) => ({ data: { entries: { [POSITION_KEY]: seq } } });
const lost = new ConnectionLostError('gone');

describe('a resuming stream', () => {
  let connections: EventQueue<SubgraphAnswer>[];
  let asked: unknown[];
  let answer: (connection: EventQueue<SubgraphAnswer>) => Opened;
  let closed: number;

  const connect = () => {
    const connection = new EventQueue<SubgraphAnswer>(10, () => {
      closed += 1;
    });
    connections.push(connection);
    return connection;
  };
  const open = (limitMs = 60_000) => {
    const reopen = async (position: unknown) => {
      asked.push(position);
      return answer(connect());
    };
    return new ResumingStream(connect(), RESUMPTION, reopen, { hasChanged: () => false }, limitMs);
  };
  /** Lets time pass until the promise is settled. */
  const eventually = async <T>(promise: Promise<T>): Promise<T> => {
    let settled = false;
    const done = promise.finally(() => {
      settled = true;
    });
    done.catch(() => {});
    while (!settled) await vi.advanceTimersByTimeAsync(50);
    return done;
  };
  const nth = (n: number) => connections[n] as EventQueue<SubgraphAnswer>;

  beforeEach(() => {
    vi.useFakeTimers();
    connections = [];
    asked = [];
    closed = 0;
    answer = (connection) => connection;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks for what comes after the last event seen, and leaves out what comes twice', async () => {
    const stream = open();
    nth(0).push(entry(4));
    nth(0).push(entry(5));
    nth(0).fail(lost);
    expect((await stream.next()).value).toEqual(entry(4));
    expect((await stream.next()).value).toEqual(entry(5));
    const next = stream.next();
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual([5]);
    for (const seq of [4, 5, 6, 7]) nth(1).push(entry(seq));
    expect((await next).value).toEqual(entry(6));
    expect((await stream.next()).value).toEqual(entry(7));
  });

  it.each([
    ['9', '10'],
    ['b', 'a'],
  ])('knows positions that are text, such as %s and %s', async (first, second) => {
    const stream = open();
    nth(0).push(entry(first));
    nth(0).fail(lost);
    await stream.next();
    answer = (connection) => {
      connection.push(entry(first));
      connection.push(entry(second));
      return connection;
    };
    expect((await eventually(stream.next())).value).toEqual(entry(second));
  });

  it('begins at the beginning when there has been no event', async () => {
    const stream = open();
    nth(0).fail(lost);
    answer = (connection) => {
      connection.push(entry(1));
      return connection;
    };
    expect((await eventually(stream.next())).value).toEqual(entry(1));
    expect(asked).toEqual([undefined]);
  });

  it('tries again, less and less often, until the limit', async () => {
    const stream = open(60_000);
    nth(0).fail(lost);
    answer = () => {
      throw lost;
    };
    const started = Date.now();
    await expect(eventually(stream.next())).rejects.toBe(lost);
    expect(Date.now() - started).toBeGreaterThanOrEqual(60_000);
    expect(Date.now() - started).toBeLessThan(66_000);
    // 100 ms doubled up to 5 s, of which at least half is waited.
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.length).toBeLessThan(35);
  });

  it('gives up on connections that break before they bring anything', async () => {
    const stream = open(10_000);
    nth(0).fail(lost);
    answer = (connection) => {
      connection.fail(lost);
      return connection;
    };
    await expect(eventually(stream.next())).rejects.toBe(lost);
    expect(asked.length).toBeLessThan(15);
  });

  it('does not try again after any other failure', async () => {
    const stream = open();
    nth(0).fail(new Error('refused'));
    await expect(stream.next()).rejects.toThrow('refused');
    expect(asked).toEqual([]);
  });

  it('tells of a refusal in its last event', async () => {
    const stream = open();
    nth(0).fail(lost);
    const errors = [{ message: 'no more' }];
    answer = () => ({ errors });
    expect((await eventually(stream.next())).value).toEqual({ data: null, errors });
    expect(await stream.next()).toEqual({ value: undefined, done: true });
  });

  it('can be left while it waits to connect', async () => {
    const stream = open();
    nth(0).fail(lost);
    const next = stream.next();
    await vi.advanceTimersByTimeAsync(0);
    await stream.return();
    expect(await next).toEqual({ value: undefined, done: true });
    expect(vi.getTimerCount()).toBe(0);
    expect(asked).toEqual([]);
  });

  it('can be left while it is being opened', async () => {
    const stream = open();
    nth(0).fail(lost);
    const next = stream.next();
    answer = (connection) => {
      void stream.return();
      return connection;
    };
    expect(await eventually(next)).toEqual({ value: undefined, done: true });
    expect(closed).toBe(2);
  });
});
