import { describe, expect, it } from 'vitest';
import { batched } from './batch.js';

/** A handler whose batches can be seen, and each of which ends when it is told to. */
function controlled() {
  const batches: number[][] = [];
  const ends: Array<() => void> = [];
  const call = batched(async (inputs: number[]) => {
    batches.push(inputs);
    await new Promise<void>((resolve) => ends.push(resolve));
    return inputs.map((input) => input * 10);
  }, 3);
  const end = async (i: number) => {
    await expect.poll(() => ends.length, { interval: 1 }).toBeGreaterThan(i);
    ends[i]?.();
  };
  return { batches, call, end };
}

describe('calls', () => {
  it('that are made together are one batch, answered each with its own', async () => {
    const batches: number[] = [];
    const call = batched(async (inputs: number[]) => {
      batches.push(inputs.length);
      return inputs.map(String);
    });
    expect(await Promise.all([1, 2, 3].map(call))).toEqual(['1', '2', '3']);
    expect(batches).toEqual([3]);
    expect(await call(4)).toBe('4');
  });

  it('that come while a batch runs form the next, of no more than may be', async () => {
    const { batches, call, end } = controlled();
    const first = call(1);
    await expect.poll(() => batches.length, { interval: 1 }).toBe(1);
    const rest = Promise.all([2, 3, 4, 5].map(call));
    expect(batches).toEqual([[1]]);
    await end(0);
    expect(await first).toBe(10);
    await end(1);
    await end(2);
    expect(await rest).toEqual([20, 30, 40, 50]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('go on after one that failed', async () => {
    const call = batched(async (inputs: number[]) => {
      if (inputs.includes(0)) throw new Error('zero');
      return inputs;
    });
    await expect(call(0)).rejects.toThrow('zero');
    expect(await call(1)).toBe(1);
  });
});

describe('a failure', () => {
  it("in the place of an answer is that caller's alone", async () => {
    const call = batched(async (inputs: number[]) =>
      inputs.map((input) => (input < 0 ? new Error(`no ${input}`) : input)),
    );
    const results = await Promise.allSettled([1, -2, 3].map(call));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('of a whole batch is found by trying one by one', async () => {
    const batches: number[][] = [];
    const call = batched(async (inputs: number[]) => {
      batches.push(inputs);
      if (inputs.includes(13)) throw new Error('unlucky');
      return inputs;
    });
    const results = await Promise.allSettled([12, 13, 14].map(call));
    expect(results).toMatchObject([
      { value: 12 },
      { reason: { message: 'unlucky' } },
      { value: 14 },
    ]);
    expect(batches).toEqual([[12, 13, 14], [12], [13], [14]]);
  });

  it('of a handler that answers too little reaches those without an answer', async () => {
    const call = batched(async (inputs: number[]) => inputs.slice(0, 1));
    const results = await Promise.allSettled([1, 2].map(call));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});
