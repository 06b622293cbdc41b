import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Choices that come out the same for the same seed. */
export interface Chance {
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** True with this probability, in percent. */
  percent(share: number): boolean;
  shuffled<T>(items: readonly T[]): T[];
}

/** `stream` tells series of choices apart that must not depend on each other, such as those of two orders. */
export function chance(seed: number, stream: number): Chance {
  const generator = xoroshiro128plus(Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream, 0x85ebca6b));
  const between = (least: number, most: number) => uniformInt(generator, least, most);
  return {
    between,
    pick: (items) => items[between(0, items.length - 1)] as (typeof items)[number],
    percent: (share) => between(1, 100) <= share,
    shuffled: (items) =>
      items
        .map((item) => ({ item, rank: between(0, 1e9) }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ item }) => item),
  };
}
