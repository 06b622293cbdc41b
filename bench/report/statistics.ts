import { percentile } from '@waybill/scripts/command-line/figures.js';

/** One figure over all runs. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** Of two in the middle, the median is their mean. Undefined of nothing. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  const upper = percentile(sorted, 0.5);
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (min === undefined || max === undefined || upper === undefined || lower === undefined) {
    return undefined;
  }
  return { median: (lower + upper) / 2, min, max };
}
