import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowestPrice30Days, type PastPrice } from './lowest-price.js';

const TODAY = Date.UTC(2026, 10, 21);
const DAY = 24 * 60 * 60 * 1000;

/** Prices by how many days ago they came into force, the newest first. */
const prices = (...ago: Array<[days: number, amount: number, currency?: string]>): PastPrice[] =>
  ago.map(([days, amount, currency = 'EUR']) => ({
    amount,
    currency,
    validFrom: new Date(TODAY - days * DAY),
  }));

describe('lowestPrice30Days', () => {
  it.each([
    ['no price', prices(), undefined],
    ['the first price', prices([3, 80]), undefined],
    ['a reduction', prices([0, 80], [90, 100]), 100],
    ['a rise', prices([0, 100], [90, 80]), undefined],
    ['a price raised just before its reduction', prices([0, 80], [2, 120], [90, 90]), 90],
    ['a price that ended 30 days before', prices([0, 80], [30, 120], [90, 90]), 120],
    ['one that was in force on the last of them', prices([0, 80], [29.9, 120], [90, 90]), 90],
    ['a second reduction', prices([0, 70], [10, 80], [90, 100]), 80],
    ['a short sale before', prices([0, 90], [10, 100], [12, 60], [90, 100]), 60],
    ['the same price set again', prices([0, 80], [5, 80], [90, 100]), 100],
    ['30 days counted from the reduction', prices([0, 80], [20, 80], [25, 100], [45, 70]), 70],
    ['another currency before', prices([0, 80], [9, 100, 'GBP']), undefined],
    ['another currency earlier', prices([0, 80], [9, 100], [12, 20, 'GBP']), 100],
  ])('of %s', (_, given, expected) => {
    expect(lowestPrice30Days(given)).toBe(expected);
  });

  it('is never above what was asked just before', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 2 });
    fc.assert(
      fc.property(days, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (ago, amounts) => {
        const given = prices(
          ...ago
            .toSorted((a, b) => a - b)
            .map((day): [number, number] => [day, amounts.next().value ?? 1]),
        );
        const before = given.find(({ amount }) => amount !== given[0]?.amount)?.amount ?? 0;
        const lowest = lowestPrice30Days(given);
        if (lowest === undefined) expect(before).toBeLessThanOrEqual(given[0]?.amount ?? 0);
        else expect(lowest).toBeLessThanOrEqual(before);
      }),
    );
  });
});
