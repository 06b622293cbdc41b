/** Days from `from` on and before `to`, as PostgreSQL reads dates. */
export interface DayRange {
  from: string;
  to: string;
}

/** A period as whole years, the whole months beside them, and the days beside these; some are empty. */
export interface Periods {
  years: DayRange;
  months: [before: DayRange, after: DayRange];
  days: [before: DayRange, after: DayRange];
}

const NONE: DayRange = { from: 'infinity', to: 'infinity' };

/** All days from `first` to `last`, both included; null leaves an end open. Days as `2026-11-21`. */
export function daysBetween(first: string | null, last: string | null): DayRange {
  return {
    from: first === null ? '-infinity' : sensible(first),
    to: last === null ? 'infinity' : dayAfter(sensible(last)),
  };
}

/** The same in as few sums as there are: a year is one, and none of its months and days. */
export function periodsBetween(first: string | null, last: string | null): Periods {
  const [before, years, after] = split(daysBetween(first, last), 'year');
  const [headDays, headMonths, headRest] = split(before, 'month');
  const [tailStart, tailMonths, tailDays] = split(after, 'month');
  // Where no year is whole, all is in the first part; and none of the parts has days at both ends but that one.
  const [head = NONE, tail = NONE] = [headDays, headRest, tailStart, tailDays].filter(hasDays);
  return { years, months: [headMonths, tailMonths], days: [head, tail] };
}

const hasDays = ({ from, to }: DayRange) => from !== to;

/** What is of no whole unit at first, then all whole units, and what is of none at last. */
function split({ from, to }: DayRange, unit: Unit): [DayRange, DayRange, DayRange] {
  if (from === to) return [NONE, NONE, NONE];
  const begin = from === '-infinity' ? from : ceiling(from, unit);
  const end = to === 'infinity' ? to : floor(to, unit);
  const hasWhole = begin === '-infinity' || end === 'infinity' || begin < end;
  if (!hasWhole) return [{ from, to }, NONE, NONE];
  return [
    { from, to: begin },
    { from: begin, to: end },
    { from: end, to },
  ];
}

/** Nothing is sold before or after, and not every year that clients can name is one that PostgreSQL knows. */
function sensible(day: string): string {
  if (day < '1900-01-01') return '1900-01-01';
  return day > '2999-12-31' ? '2999-12-31' : day;
}

type Unit = 'year' | 'month';

/** The first day of the year or month that a day is in. */
const floor = (day: string, unit: Unit) =>
  unit === 'year' ? `${day.slice(0, 4)}-01-01` : `${day.slice(0, 7)}-01`;

/** The first day of the first year or month that begins on a day or later. */
function ceiling(day: string, unit: Unit): string {
  const begin = floor(day, unit);
  if (begin === day) return day;
  const date = new Date(`${begin}T00:00:00Z`);
  if (unit === 'year') date.setUTCFullYear(date.getUTCFullYear() + 1);
  else date.setUTCMonth(date.getUTCMonth() + 1);
  return dayOf(date);
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return dayOf(date);
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);
