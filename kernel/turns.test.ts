import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { LineFull, turns } from './turns.js';

it('runs no more at once than it may, and all in the end, in order', async () => {
  const turn = turns(2);
  let running = 0;
  let most = 0;
  const work = async (i: number) => {
    running += 1;
    most = Math.max(most, running);
    await nextTurn();
    running -= 1;
    return i;
  };
  const finished: number[] = [];
  const all = [0, 1, 2, 3, 4, 5, 6].map(async (i) => finished.push(await turn(() => work(i))));
  await Promise.all(all);
  expect(most).toBe(2);
  expect(finished).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

it('gives the place of failed work to the next', async () => {
  const turn = turns(1);
  const failed = turn(() => Promise.reject(new Error('no')));
  const next = turn(async () => 'yes');
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
  expect(await turn(async () => 'and again')).toBe('and again');
});

it('refuses at once what finds the line full, and goes on when there is room', async () => {
  const turn = turns(1, 2);
  const gate = Promise.withResolvers<void>();
  const waiting = [1, 2, 3].map((i) => turn(() => gate.promise.then(() => i)));
  await expect(turn(async () => 'too late')).rejects.toThrow(LineFull);
  gate.resolve();
  expect(await Promise.all(waiting)).toEqual([1, 2, 3]);
  expect(await turn(async () => 'in time')).toBe('in time');
});
