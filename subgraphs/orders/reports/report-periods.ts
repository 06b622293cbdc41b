/** Days from `from` on and before `to`, as PostgreSQL reads dates. */
export interface DayRange {
  from: string;
  to: string;
}

/** A period as whole months and the days beside them; what there is none of is an empty range. */
export interface Periods {
  months: DayRange;
  before: DayRange;
  after: DayRange;
}

const NONE: DayRange = { from: 'infinity', to: 'infinity' };

/** All days from `first` to `last`, both included; null leaves an end open. Days as `2026-11-21`. */
export function daysBetween(first: string | null, last: string | null): DayRange {
  return {
    from: first === null ? '-infinity' : sensible(first),
    to: last === null ? 'infinity' : dayAfter(sensible(last)),
  };
}

/** The same in as few sums as there are: a year is twelve months, and none of its days. */
export function periodsBetween(first: string | null, last: string | null): Periods {
  const { from, to } = daysBetween(first, last);
  const months = {
    from: first === null ? from : monthNotBefore(from),
    to: last === null ? to : monthOf(to),
  };
  const hasMonths = first === null || last === null || months.from < months.to;
  if (!hasMonths) return { months: NONE, before: { from, to }, after: NONE };
  return {
    months,
    before: first === null ? NONE : { from, to: months.from },
    after: last === null ? NONE : { from: months.to, to },
  };
}

/** Nothing is sold before or after, and not every year that clients can name is one that PostgreSQL knows. */
function sensible(day: string): string {
  if (day < '1900-01-01') return '1900-01-01';
  return day > '2999-12-31' ? '2999-12-31' : day;
}

const monthOf = (day: string) => `${day.slice(0, 7)}-01`;

function monthNotBefore(day: string): string {
  if (day.endsWith('-01')) return day;
  const date = new Date(`${monthOf(day)}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + 1);
  return dayOf(date);
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return dayOf(date);
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);
