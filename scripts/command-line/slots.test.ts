import { describe, expect, it } from 'vitest';
import { eachAtOnce, Slots } from './slots.js';

describe('Slots', () => {
  it('lets so many in, and the others in turn', async () => {
    const slots = new Slots(1);
    const order: string[] = [];
    await slots.take();
    const second = slots.take().then(() => order.push('second'));
    const third = slots.take().then(() => order.push('third'));
    expect(order).toEqual([]);
    slots.give();
    await second;
    expect(order).toEqual(['second']);
    slots.give();
    await third;
    expect(order).toEqual(['second', 'third']);
  });
});

describe('eachAtOnce', () => {
  it('works on everything, never on more than so many at a time', async () => {
    let [running, most] = [0, 0];
    const seen: number[] = [];
    await eachAtOnce([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      seen.push(item);
      running -= 1;
    });
    expect(seen.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('throws the first error when nothing is running any more', async () => {
    let done = 0;
    const work = eachAtOnce([1, 2, 3], 2, async (item) => {
      if (item === 1) throw new Error('one is bad');
      await Promise.resolve();
      done += 1;
    });
    await expect(work).rejects.toThrow('one is bad');
    expect(done).toBe(2);
  });
});
