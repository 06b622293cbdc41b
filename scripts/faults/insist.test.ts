import { expect, it } from 'vitest';
import { insist, NeverAnswered } from './insist.js';

it('asks until there is an answer, and says how often it did', async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    if (asked < 3) throw new Error('nobody there');
    return 'here';
  };
  expect(await insist(ask, new AbortController().signal)).toEqual({ answer: 'here', attempts: 3 });
});

it('gives up when time is up, with what went wrong last', async () => {
  const over = new AbortController();
  const ask = async () => {
    over.abort();
    throw new Error('nobody there');
  };
  const asking = insist(ask, over.signal);
  await expect(asking).rejects.toThrow(NeverAnswered);
  await expect(asking).rejects.toThrow('nobody there');
});
