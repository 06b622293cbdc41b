import { describe, expect, it } from 'vitest';
import { chunks, figure, percentile, sum } from './figures.js';

describe('figures', () => {
  it('finds percentiles of values in any order', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([percentile(values, 0.5), percentile(values, 0.99)]).toEqual([51, 100]);
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeUndefined();
  });

  it('adds up, groups digits and cuts lists', () => {
    expect(sum([1, 2, 3])).toBe(6);
    expect([figure(1234567), figure(0.25, 1), figure(-5)]).toEqual(['1,234,567', '0.3', '-5']);
    expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunks([], 2)).toEqual([]);
  });
});
