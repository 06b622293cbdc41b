import { expect, it } from 'vitest';
import { FreshCache } from './fresh-cache.js';

/** A cache whose loads are answered by hand. */
function byHand(ttlMs = 60_000) {
  const loads: Array<PromiseWithResolvers<object>> = [];
  const cache = new FreshCache<object>(
    () => {
      const load = Promise.withResolvers<object>();
      loads.push(load);
      return load.promise;
    },
    { ttlMs },
  );
  return { cache, loads };
}

it('loads once for all who ask, and has it at hand from then on', async () => {
  const { cache, loads } = byHand();
  const asked = [cache.get('a'), cache.get('a')];
  const value = {};
  loads[0]?.resolve(value);
  expect(await Promise.all(asked)).toEqual([value, value]);
  expect(cache.get('a')).toBe(value);
  expect(loads).toHaveLength(1);
});

it('loads anew after its time, and after a failure', async () => {
  const { cache, loads } = byHand(20);
  const first = cache.get('a');
  loads[0]?.reject(new Error('no answer'));
  await expect(first).rejects.toThrow('no answer');
  const value = {};
  const second = cache.get('a');
  loads[1]?.resolve(value);
  await second;
  const loadsSoFar = () => {
    void cache.get('a');
    return loads.length;
  };
  await expect.poll(loadsSoFar).toBe(3);
});
