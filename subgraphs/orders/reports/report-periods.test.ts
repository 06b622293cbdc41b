import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DayRange, periodsBetween } from './report-periods.js';

const NONE = { from: 'infinity', to: 'infinity' };
const range = (from: string, to: string) => ({ from, to });

it('reads a year from its months alone', () => {
  expect(periodsBetween('2026-01-01', '2026-12-31')).toEqual({
    months: range('2026-01-01', '2027-01-01'),
    before: range('2026-01-01', '2026-01-01'),
    after: range('2027-01-01', '2027-01-01'),
  });
});

it('reads whole months and the days beside them', () => {
  expect(periodsBetween('2026-01-30', '2026-03-02')).toEqual({
    months: range('2026-02-01', '2026-03-01'),
    before: range('2026-01-30', '2026-02-01'),
    after: range('2026-03-01', '2026-03-03'),
  });
});

it('reads days where no month is whole, and months alone where both ends are open', () => {
  const days = { months: NONE, before: range('2026-01-02', '2026-02-28'), after: NONE };
  expect(periodsBetween('2026-01-02', '2026-02-27')).toEqual(days);
  const all = { months: range('-infinity', 'infinity'), before: NONE, after: NONE };
  expect(periodsBetween(null, null)).toEqual(all);
});

it('reads nothing of years that no calendar of the database has', () => {
  expect(periodsBetween('0000-02-29', '9999-12-31').months).toEqual(
    range('1900-01-01', '3000-01-01'),
  );
});

it('reads every day once', () => {
  const date = fc.date({
    min: new Date('2026-01-01'),
    max: new Date('2027-03-31'),
    noInvalidDate: true,
  });
  const day = date.map((at) => at.toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, day, (first, last) => {
      const { months, before, after } = periodsBetween(first, last);
      const counted = [...daysIn(months), ...daysIn(before), ...daysIn(after)].toSorted();
      expect(months.from === 'infinity' || months.from.endsWith('-01')).toBe(true);
      expect(months.to === 'infinity' || months.to.endsWith('-01')).toBe(true);
      const end = new Date(new Date(last).getTime() + 86_400_000).toISOString().slice(0, 10);
      expect(counted).toEqual(daysIn({ from: first, to: end }));
    }),
  );
});

function daysIn({ from, to }: DayRange): string[] {
  if (from === 'infinity' || from >= to) return [];
  const count = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10),
  );
}
