import { describe, expect, it, vi } from 'vitest';
import type { CallHandle, DataSource, SubgraphAnswer } from '../data-sources/data-source.js';
import { AnswerTooLargeError, SubgraphStatusError } from '../data-sources/failures.js';
import { prepareOperation } from '../planning/prepare-operation.js';
import type { BreakerState } from './circuit-breaker.js';
import { CircuitOpenError, SubgraphTimeoutError } from './failures.js';
import { type CallOptions, resilient } from './resilient.js';

const ANSWER: SubgraphAnswer = { data: { me: null } };
const REFUSED = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const context = { identity: { kind: 'anonymous' }, requestId: 'request-1' } as const;
const requestOf = (text: string) => ({
  operation: prepareOperation(text, undefined),
  variables: {},
  context,
});
const QUERY = requestOf('{ me { id } }');
const MUTATION = requestOf('mutation { rename { id } }');

type Execute = DataSource['execute'];

function sourceOf(execute: Execute, options: CallOptions = {}) {
  const ask = vi.fn(execute);
  const states: BreakerState[] = [];
  const source = resilient(
    {
      execute: ask,
      subscribe: () => new Promise(() => {}),
      ready: async () => {},
      close: async () => {},
    },
    options,
    { onBreakerChange: (state) => states.push(state) },
  );
  return { source, ask, states };
}

const never: Execute = () => new Promise(() => {});
const failing =
  (error: Error): Execute =>
  async () => {
    throw error;
  };
const failingOnce = (error: Error): Execute => {
  let asked = 0;
  return async () => {
    asked += 1;
    if (asked === 1) throw error;
    return ANSWER;
  };
};

describe('a call', () => {
  it('passes answers on, those at hand without a promise', async () => {
    expect(sourceOf(() => ANSWER).source.execute(QUERY)).toBe(ANSWER);
    expect(await sourceOf(async () => ANSWER).source.execute(QUERY)).toBe(ANSWER);
  });

  it('is over by its deadline and broken off', async () => {
    const cancelled = vi.fn();
    const execute = (_: unknown, call?: CallHandle) => {
      if (call) call.cancel = cancelled;
      return new Promise<never>(() => {});
    };
    const { source } = sourceOf(execute, { deadlineMs: 60 });
    const start = performance.now();
    await expect(source.execute(QUERY)).rejects.toBeInstanceOf(SubgraphTimeoutError);
    expect(performance.now() - start).toBeLessThan(560);
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it('is over by the deadline of the whole request, which is not held against the subgraph', async () => {
    const options = { deadlineMs: 60_000, breaker: { minimumCalls: 1 } };
    const { source, ask, states } = sourceOf(never, options);
    const start = performance.now();
    const late = source.execute({ ...QUERY, deadline: start + 60 });
    await expect(late).rejects.toBeInstanceOf(SubgraphTimeoutError);
    expect(performance.now() - start).toBeLessThan(560);
    const tooLate = { ...QUERY, deadline: start };
    expect(() => source.execute(tooLate)).toThrow(SubgraphTimeoutError);
    expect(ask).toHaveBeenCalledOnce();
    expect(states).toEqual([]);
  });

  it('does not care for what comes after its deadline', async () => {
    const { promise, reject } = Promise.withResolvers<SubgraphAnswer>();
    const { source, states } = sourceOf(() => promise, {
      deadlineMs: 10,
      breaker: { minimumCalls: 2 },
    });
    await expect(source.execute(QUERY)).rejects.toBeInstanceOf(SubgraphTimeoutError);
    // An unhandled rejection would fail the run.
    reject(REFUSED);
    await promise.catch(() => {});
    expect(states).toEqual([]);
  });

  it('opens a stream by its deadline, too', async () => {
    const { source } = sourceOf(never, { deadlineMs: 10 });
    await expect(source.subscribe(QUERY)).rejects.toBeInstanceOf(SubgraphTimeoutError);
  });
});

describe('a retry', () => {
  it.each([
    ['nobody answers', REFUSED],
    ['a proxy cannot reach it', new SubgraphStatusError(503)],
  ])('is made for a query where %s', async (_, error) => {
    const { source, ask } = sourceOf(failingOnce(error));
    expect(await source.execute(QUERY)).toBe(ANSWER);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['a mutation', MUTATION, REFUSED],
    ['what the subgraph could not do', QUERY, new SubgraphStatusError(500)],
    ['what broke off in the middle of an answer', QUERY, new Error('The answer broke off')],
  ])('is not made for %s', async (_, request, error) => {
    const { source, ask } = sourceOf(failing(error));
    await expect(source.execute(request)).rejects.toBe(error);
    expect(ask).toHaveBeenCalledOnce();
  });

  it('is made once', async () => {
    const { source, ask } = sourceOf(failing(REFUSED));
    await expect(source.execute(QUERY)).rejects.toBe(REFUSED);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('is made as long as the budget lasts', async () => {
    const options = { breaker: false, retryBudget: { perCall: 0, perSecond: 0, most: 3 } } as const;
    const { source, ask } = sourceOf(failing(REFUSED), options);
    const calls = Array.from({ length: 20 }, () => source.execute(QUERY));
    await Promise.allSettled(calls);
    expect(ask).toHaveBeenCalledTimes(23);
  });

  it('is over by the deadline of the call', async () => {
    let asked = 0;
    const execute: Execute = () => {
      asked += 1;
      return asked === 1 ? Promise.reject(REFUSED) : new Promise(() => {});
    };
    const { source } = sourceOf(execute, { deadlineMs: 100 });
    const start = performance.now();
    await expect(source.execute(QUERY)).rejects.toBeInstanceOf(SubgraphTimeoutError);
    expect(performance.now() - start).toBeLessThan(600);
  });
});

describe('a subgraph that fails', () => {
  const breaker = { minimumCalls: 4, openMs: 60_000 };

  it('is left alone', async () => {
    const options = { breaker, retryBudget: false } as const;
    const { source, ask, states } = sourceOf(failing(REFUSED), options);
    for (let n = 0; n < 4; n++) await expect(source.execute(QUERY)).rejects.toBe(REFUSED);
    expect(() => source.execute(QUERY)).toThrow(CircuitOpenError);
    expect(ask).toHaveBeenCalledTimes(4);
    expect(states).toEqual(['open']);
  });

  it('is left alone when it does not answer at all', async () => {
    const { source, states } = sourceOf(never, { breaker, deadlineMs: 10 });
    await Promise.allSettled(Array.from({ length: 4 }, () => source.execute(QUERY)));
    expect(states).toEqual(['open']);
  });

  it('is asked again after a while, and trusted once it answers', async () => {
    let error: Error | undefined = REFUSED;
    const execute = async () => {
      if (error) throw error;
      return ANSWER;
    };
    const options = { breaker: { minimumCalls: 1, openMs: 0 }, retryBudget: false } as const;
    const { source, states } = sourceOf(execute, options);
    await expect(source.execute(QUERY)).rejects.toBe(REFUSED);
    error = undefined;
    expect(await source.execute(QUERY)).toBe(ANSWER);
    expect(states).toEqual(['open', 'half-open', 'closed']);
    expect(source.breaker?.state).toBe('closed');
  });

  it.each([
    ['answers errors', async () => ({ errors: [{ message: 'No' }] })],
    ['answers too much', failing(new AnswerTooLargeError(10))],
  ])('is another one than one that %s', async (_, execute) => {
    const { source, states } = sourceOf(execute, { breaker });
    for (let n = 0; n < 8; n++) await Promise.allSettled([source.execute(QUERY)]);
    expect(states).toEqual([]);
  });
});
