import type { PageRequest } from '@waybill/kernel/graphql/connection.js';
import type { Parameters } from './conditions.js';
import { isByTotal, type OrderSort } from './order-query.js';
import type { Source } from './sources.js';

/** How a list goes, and where its page begins. */
export interface Sequence {
  sort: OrderSort | undefined;
  /** The columns that it goes by. */
  key: string;
  id: string;
  page: PageRequest;
}

export interface Range {
  where: string[];
  orderBy: string;
}

export const keyOf = (sort: OrderSort | undefined): string =>
  isByTotal(sort) ? 'total' : 'placed_at';

export const sorted = (sort: OrderSort | undefined, ...columns: string[]): string =>
  columns.map((column) => `${column} ${isAscending(sort) ? 'asc' : 'desc'}`).join(', ');

const isAscending = (sort: OrderSort | undefined) => sort === 'TOTAL_ASCENDING';

/** All rows that follow the order that the cursor names, wherever it stands by now. */
export function following({ sort, key, id, page }: Sequence, parameters: Parameters): Range {
  const cursor = cursorOf(sort, page, parameters);
  const follows = isAscending(sort) ? '>' : '<';
  return {
    where: cursor ? [`(${key}, ${id}) ${follows} (${cursor})`] : [],
    orderBy: sorted(sort, key, id),
  };
}

/**
 * The same of those that a key leads to. Both ends are said of the index's columns together, and the rows sorted by all of
 * them: with an equation for the first, the planner could take another index that is sorted by the second, and go
 * through all of it for a rare key, since it cannot know how rare that is.
 */
export function indexRange(source: Source, sequence: Sequence, parameters: Parameters): Range {
  const { column } = source;
  if (!column) return following(sequence, parameters);
  const { sort, key, id, page } = sequence;
  const cursor = cursorOf(sort, page, parameters);
  const { low, high } = endsOf(source, sort);
  const end = (compare: string, value: unknown) =>
    value === undefined
      ? `${column} ${compare} k.key`
      : `(${column}, ${key}) ${compare} (k.key, ${parameters.add(value)})`;
  const after = (compare: string) => `(${column}, ${key}, ${id}) ${compare} (k.key, ${cursor})`;
  return {
    where: [
      cursor && isAscending(sort) ? after('>') : end('>=', low),
      cursor && !isAscending(sort) ? after('<') : end(high?.compare ?? '<=', high?.value),
    ],
    orderBy: sorted(sort, column, key, id),
  };
}

/** Where the list begins and ends, by what it goes by. */
function endsOf({ left, total }: Source, sort: OrderSort | undefined) {
  const { placedFrom, placedTo, withDrafts } = left;
  if (isByTotal(sort)) {
    return { low: total?.min, high: total?.max === undefined ? undefined : atMost(total.max) };
  }
  const high = placedTo ?? (withDrafts ? undefined : 'infinity');
  return { low: placedFrom, high: high === undefined ? undefined : before(high) };
}

const atMost = (value: unknown) => ({ compare: '<=', value });
const before = (value: unknown) => ({ compare: '<', value });

function cursorOf(
  sort: OrderSort | undefined,
  { after }: PageRequest,
  parameters: Parameters,
): string | undefined {
  if (after === undefined) return undefined;
  const cursor = `${parameters.add(after)}::uuid`;
  return `(select ${keyOf(sort)} from orders where id = ${cursor}), ${cursor}`;
}
