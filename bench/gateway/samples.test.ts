import { describe, expect, it } from 'vitest';
import { compare, rotated, type Sample } from './samples.js';

const sample = (own: Partial<Sample>): Sample => ({
  ...{ contender: 'stock', query: 'simple', round: 0, cpuPer1000: 1, perSecond: 100 },
  ...{ p50: 10, p99: 20, rssMb: 100, coresUsed: 1 },
  ...own,
});

describe('compare', () => {
  const rounds = [1, 2, 6].flatMap((stock, round) => [
    sample({ round, cpuPer1000: stock }),
    sample({ contender: 'persisted', round, cpuPer1000: stock / (round + 4), perSecond: 300 }),
    sample({ query: 'full', round, cpuPer1000: 99 }),
  ]);

  it('takes each round by itself, so that a slow one does not count for one of the two', () => {
    const { median, ratio } = compare(rounds, 'persisted', 'simple', 'cpuPer1000');
    expect(ratio).toBe(5);
    expect(median).toBeCloseTo(0.4);
  });

  it('calls more requests per second better, and less of all else', () => {
    expect(compare(rounds, 'persisted', 'simple', 'perSecond').ratio).toBe(3);
    expect(compare(rounds, 'persisted', 'simple', 'rssMb').ratio).toBe(1);
  });

  it('knows no ratio where the system does not say', () => {
    const unknown = [sample({ rssMb: null }), sample({ contender: 'proxy', rssMb: null })];
    expect(compare(unknown, 'proxy', 'simple', 'rssMb')).toEqual({ median: null, ratio: null });
  });
});

it('lets everybody go first', () => {
  expect([0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join(''))).toEqual([
    'abc',
    'bca',
    'cab',
    'abc',
  ]);
});
