import { spreadOf } from '../report/statistics.js';
import type { ContenderName } from './contenders.js';
import type { QueryName } from './graph/queries.js';

/** One contender with one query in one round. Null where the system does not say. */
export interface Sample {
  contender: ContenderName;
  query: QueryName;
  round: number;
  /** CPU seconds of the gateway's process per 1,000 requests. */
  cpuPer1000: number | null;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Resident memory after it, in megabytes (10^6 bytes). */
  rssMb: number | null;
  /** Of the one core that JavaScript can use, and a little for garbage collection beside it. */
  coresUsed: number | null;
}

export const FIGURES = ['cpuPer1000', 'perSecond', 'p50', 'p99', 'rssMb'] as const;

export type Figure = (typeof FIGURES)[number];

export interface Compared {
  median: number | null;
  /** How many times better than stock: the median of the rounds' own ratios. */
  ratio: number | null;
}

/** Shifts the list round by round, so that everybody goes first once. */
export function rotated<T>(list: readonly T[], round: number): T[] {
  const start = round % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

export function compare(
  samples: readonly Sample[],
  contender: ContenderName,
  query: QueryName,
  figure: Figure,
): Compared {
  const [own, stock] = [contender, 'stock'].map((name) =>
    samples.filter((sample) => sample.contender === name && sample.query === query),
  );
  const ratios = own?.map((sample) => {
    const other = stock?.find(({ round }) => round === sample.round)?.[figure];
    return better(figure, sample[figure], other);
  });
  return { median: median(own?.map((sample) => sample[figure])), ratio: median(ratios) };
}

/** Of all figures but requests per second, less is better. */
function better(figure: Figure, own: number | null, stock: number | null | undefined) {
  if (!own || !stock) return null;
  return figure === 'perSecond' ? own / stock : stock / own;
}

export function median(values: ReadonlyArray<number | null> = []): number | null {
  return spreadOf(values.filter((value) => value !== null))?.median ?? null;
}
