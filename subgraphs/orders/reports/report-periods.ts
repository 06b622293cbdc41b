/** Days from `from` on and before `to`, as PostgreSQL reads dates. */
export interface DayRange {
  from: string;
  to: string;
}

/** Sums that are added, or taken off again. */
export interface SignedRange extends DayRange {
  sign: 1 | -1;
}

/** The sums that make up a period, of each kind those that begin in a range. */
export type Periods = Record<Unit, SignedRange[]>;

type Unit = 'year' | 'month' | 'day';

/** All days from `first` to `last`, both included; null leaves an end open. Days as `2026-11-21`. */
export function daysBetween(first: string | null, last: string | null): DayRange {
  return {
    from: first === null ? '-infinity' : sensible(first),
    to: last === null ? 'infinity' : dayAfter(sensible(last)),
  };
}

/**
 * The same in as few sums as there are: a year is one, and most of a year is this one without the months and days that are
 * not meant. So a year to date is a year without days that nothing was sold on yet.
 */
export function periodsBetween(first: string | null, last: string | null): Periods {
  const sums = cover(daysBetween(first, last), ['year', 'month']);
  const of = (unit: Unit) =>
    sums.filter((sum) => sum.unit === unit).map(({ unit: _, ...sum }) => sum);
  return { year: of('year'), month: of('month'), day: of('day') };
}

interface Sums extends SignedRange {
  unit: Unit;
}

function cover(range: DayRange, [unit, ...finer]: Unit[]): Sums[] {
  if (range.from === range.to) return [];
  if (!unit) return [{ unit: 'day', ...range, sign: 1 }];
  const [before, whole, after] = split(range, unit);
  const wholes: Sums[] = whole.from === whole.to ? [] : [{ unit, ...whole, sign: 1 }];
  return [...coverPart(before, unit, finer), ...wholes, ...coverPart(after, unit, finer)];
}

/** A part of one year or month: by what is in it, or by all of it without the rest, whichever is less. */
function coverPart(part: DayRange, unit: Unit, finer: Unit[]): Sums[] {
  if (part.from === part.to) return [];
  const inside = cover(part, finer);
  const from = floor(part.from, unit);
  const whole = { from, to: ceiling(dayAfter(from), unit) };
  const outside = [
    ...cover({ from, to: part.from }, finer),
    ...cover({ from: part.to, to: whole.to }, finer),
  ].map((sums): Sums => ({ ...sums, sign: sums.sign === 1 ? -1 : 1 }));
  const around: Sums[] = [{ unit, ...whole, sign: 1 }, ...outside];
  return sizeOf(around) < sizeOf(inside) ? around : inside;
}

const LENGTHS = { year: 365, month: 30, day: 1 };

/** About how many sums of a key they are. */
function sizeOf(sums: Sums[]): number {
  return sums.reduce((size, { unit, from, to }) => {
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
    return size + Math.round(days / LENGTHS[unit]);
  }, 0);
}

/** What is of no whole unit at first, all whole units, and what is of none at last. */
function split({ from, to }: DayRange, unit: Unit): [DayRange, DayRange, DayRange] {
  const begin = from === '-infinity' ? from : ceiling(from, unit);
  const none = { from: to, to };
  if (begin > to && to !== 'infinity' && begin !== '-infinity') return [{ from, to }, none, none];
  const end = to === 'infinity' ? to : floor(to, unit);
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
