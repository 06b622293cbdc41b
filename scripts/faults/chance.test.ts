import { describe, expect, it } from 'vitest';
import { chance } from './chance.js';

const drawn = (seed: number, stream: number) => {
  const draw = chance(seed, stream);
  return Array.from({ length: 20 }, () => draw.between(1, 1000));
};

describe('chance', () => {
  it('draws the same for the same seed, and something else for another seed or stream', () => {
    expect(drawn(7, 1)).toEqual(drawn(7, 1));
    expect(drawn(7, 1)).not.toEqual(drawn(7, 2));
    expect(drawn(7, 1)).not.toEqual(drawn(8, 1));
  });

  it('loses nothing when it shuffles', () => {
    const items = Array.from({ length: 10 }, (_, i) => i);
    const shuffled = chance(1, 1).shuffled(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
  });

  it('keeps within its bounds', () => {
    const draw = chance(3, 3);
    const values = Array.from({ length: 200 }, () => draw.between(2, 5));
    expect([...new Set(values)].sort()).toEqual([2, 3, 4, 5]);
  });
});
