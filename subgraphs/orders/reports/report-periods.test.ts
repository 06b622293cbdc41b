import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DayRange, periodsBetween } from './report-periods.js';

const NONE = { from: 'infinity', to: 'infinity' };
const range = (from: string, to: string) => ({ from, to });

it('reads years, and nothing else of them', () => {
  expect(periodsBetween('2025-01-01', '2026-12-31')).toEqual({
    years: range('2025-01-01', '2027-01-01'),
    months: [NONE, NONE],
    days: [NONE, NONE],
  });
  const all = { years: range('-infinity', 'infinity'), months: [NONE, NONE], days: [NONE, NONE] };
  expect(periodsBetween(null, null)).toEqual(all);
});

it('reads whole months beside years, and the days beside months', () => {
  expect(periodsBetween('2024-11-29', '2026-03-02')).toEqual({
    years: range('2025-01-01', '2026-01-01'),
    months: [range('2024-12-01', '2025-01-01'), range('2026-01-01', '2026-03-01')],
    days: [range('2024-11-29', '2024-12-01'), range('2026-03-01', '2026-03-03')],
  });
  expect(periodsBetween('2026-01-30', '2026-03-02')).toEqual({
    years: NONE,
    months: [range('2026-02-01', '2026-03-01'), NONE],
    days: [range('2026-01-30', '2026-02-01'), range('2026-03-01', '2026-03-03')],
  });
});

it('reads days where no month is whole, and ends that are open', () => {
  const days = {
    years: NONE,
    months: [NONE, NONE],
    days: [range('2026-01-02', '2026-02-28'), NONE],
  };
  expect(periodsBetween('2026-01-02', '2026-02-27')).toEqual(days);
  expect(periodsBetween('2026-12-31', null)).toEqual({
    years: range('2027-01-01', 'infinity'),
    months: [NONE, NONE],
    days: [range('2026-12-31', '2027-01-01'), NONE],
  });
});

it('reads nothing of years that no calendar of the database has', () => {
  expect(periodsBetween('0000-02-29', '9999-12-31').years).toEqual(
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
      const { years, months, days } = periodsBetween(first, last);
      const counted = [years, ...months, ...days].flatMap(daysIn).toSorted();
      for (const { from, to } of [years, ...months].filter((each) => daysIn(each).length > 0))
        expect([from.slice(8), to.slice(8)]).toEqual(['01', '01']);
      if (daysIn(years).length > 0) expect(years.from.slice(5)).toBe('01-01');
      expect(days.flatMap(daysIn).length).toBeLessThan(61);
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
