import fc from 'fast-check';
import { expect, it } from 'vitest';
import { periodsBetween } from './report-periods.js';

const plus = (from: string, to: string) => ({ from, to, sign: 1 });
const minus = (from: string, to: string) => ({ from, to, sign: -1 });

it('reads years, and nothing else of them', () => {
  const years = plus('2025-01-01', '2027-01-01');
  expect(periodsBetween('2025-01-01', '2026-12-31')).toEqual({ year: [years], month: [], day: [] });
  const all = { year: [plus('-infinity', 'infinity')], month: [], day: [] };
  expect(periodsBetween(null, null)).toEqual(all);
});

it('reads whole months beside years, and the days beside months', () => {
  expect(periodsBetween('2024-11-29', '2026-03-02')).toEqual({
    year: [plus('2025-01-01', '2026-01-01')],
    month: [plus('2024-12-01', '2025-01-01'), plus('2026-01-01', '2026-03-01')],
    day: [plus('2024-11-29', '2024-12-01'), plus('2026-03-01', '2026-03-03')],
  });
});

it('reads most of a year or month as all of it without the rest', () => {
  expect(periodsBetween('2026-01-01', '2026-11-21')).toEqual({
    year: [plus('2026-01-01', '2027-01-01')],
    month: [minus('2026-12-01', '2027-01-01')],
    day: [minus('2026-11-22', '2026-12-01')],
  });
  expect(periodsBetween('2026-02-03', '2026-02-27')).toEqual({
    year: [],
    month: [plus('2026-02-01', '2026-03-01')],
    day: [minus('2026-02-01', '2026-02-03'), minus('2026-02-28', '2026-03-01')],
  });
});

it('reads a few days as they are, and ends that are open', () => {
  const day = [plus('2026-02-03', '2026-02-05')];
  expect(periodsBetween('2026-02-03', '2026-02-04')).toEqual({ year: [], month: [], day });
  expect(periodsBetween('2026-12-31', null)).toEqual({
    ...{ year: [plus('2027-01-01', 'infinity')], month: [] },
    day: [plus('2026-12-31', '2027-01-01')],
  });
  expect(periodsBetween(null, '2026-01-01')).toEqual({
    ...{ year: [plus('-infinity', '2026-01-01')], month: [] },
    day: [plus('2026-01-01', '2026-01-02')],
  });
});

it('reads nothing of years that no calendar of the database has', () => {
  const years = [plus('1900-01-01', '3000-01-01')];
  expect(periodsBetween('0000-02-29', '9999-12-31').year).toEqual(years);
});

it('reads every day once, and days of the ends of two months at the most', () => {
  const date = fc.date({
    min: new Date('2023-11-01'),
    max: new Date('2027-03-31'),
    noInvalidDate: true,
  });
  const day = date.map((at) => at.toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [first = '', last = ''] = [one, other].sort();
      const { year, month, day: days } = periodsBetween(first, last);
      const counts = new Map<string, number>();
      for (const { from, to, sign } of [...year, ...month, ...days])
        for (const each of daysIn(from, to)) counts.set(each, (counts.get(each) ?? 0) + sign);
      const counted = [...counts].filter(([, count]) => count !== 0).toSorted();
      expect(counted).toEqual(daysIn(first, dayAfter(last)).map((each) => [each, 1]));
      const begins = (unit: string, sums: typeof year) =>
        sums.every(({ from, to }) => from.endsWith(unit) && to.endsWith(unit));
      expect([begins('-01-01', year), begins('-01', month)]).toEqual([true, true]);
      const sums = days.flatMap(({ from, to }) => daysIn(from, to)).length;
      expect(sums).toBeLessThan(33);
    }),
    { numRuns: 100 },
  );
});

const DAY = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const dayAfter = (day: string) => dayOf(Date.parse(day) + DAY);

function daysIn(from: string, to: string): string[] {
  const count = (Date.parse(to) - Date.parse(from)) / DAY;
  return Array.from({ length: count }, (_, i) => dayOf(Date.parse(from) + i * DAY));
}
