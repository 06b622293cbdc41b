import { describe, expect, it } from 'vitest';
import { rise, startSampling } from './sampler.js';

describe('rise', () => {
  const readings = [
    { at: 1000, values: { node: 1 } },
    { at: 2000, values: { node: 2, redis: 5 } },
    { at: 3000, values: { node: 4, redis: 6 } },
  ];

  it('is the difference between two readings', () => {
    expect(rise(readings, 'node', 1000, 3000)).toBe(3);
  });

  it('is interpolated between readings', () => {
    expect(rise(readings, 'node', 1500, 2500)).toBe(1.5);
  });

  it('begins with the first reading and ends with the last', () => {
    expect(rise(readings, 'node', 0, 9000)).toBe(3);
    expect(rise(readings, 'redis', 0, 9000)).toBe(1);
    expect(rise(readings, 'node', 4000, 9000)).toBe(0);
  });

  it('is unknown of a meter that said nothing', () => {
    const names: string = 'load';
    expect(rise<string>(readings, names, 0, 9000)).toBeUndefined();
  });
});

describe('startSampling', () => {
  it('keeps the last value of what has ended', async () => {
    const values = [7, undefined];
    const sampler = startSampling({ ended: () => values.shift() });
    const readings = await sampler.stop();
    expect(readings.map((reading) => reading.values)).toEqual([{ ended: 7 }, { ended: 7 }]);
  });
});
