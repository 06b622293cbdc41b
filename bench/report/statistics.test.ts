import { describe, expect, it } from 'vitest';
import { spreadOf } from './statistics.js';

describe('spreadOf', () => {
  it('is nothing of nothing', () => {
    expect(spreadOf([])).toBeUndefined();
  });

  it('is the value itself of one', () => {
    expect(spreadOf([7])).toEqual({ median: 7, min: 7, max: 7 });
  });

  it('takes the middle of an odd number', () => {
    expect(spreadOf([9, 1, 4])).toEqual({ median: 4, min: 1, max: 9 });
  });

  it('takes the mean of the two in the middle of an even number', () => {
    expect(spreadOf([9, 1, 4, 6])).toEqual({ median: 5, min: 1, max: 9 });
  });
});
