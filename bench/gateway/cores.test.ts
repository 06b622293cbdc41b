import { expect, it } from 'vitest';
import { parseCpuList } from './cores.js';

it('reads a list of cores as Linux writes it', () => {
  expect(parseCpuList('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(parseCpuList('3')).toEqual([3]);
  expect(parseCpuList('')).toEqual([]);
});
