import type { Query } from '@waybill/kernel/database.js';
import { wordsOf } from '../projections/words.js';
import type { OrderQuery, SoughtTerms } from './order-query.js';

/** Words of a search that count. */
const MAX_WORDS = 10;

/** Words that begin like the last one are looked up each, up to so many. */
const MAX_COMPLETIONS = 100;

/**
 * What the order must be found by: the words of its SKU, and those of a search. The last word may be the beginning of one, unless it
 * is a number, which people type whole, or a single letter. Undefined where nothing can be found.
 */
export async function searchTerms(
  query: Query,
  { sku, search }: OrderQuery,
): Promise<SoughtTerms | undefined> {
  const all = sku === undefined ? [] : wordsOf(sku);
  if (search === undefined) return { all };
  const words = wordsOf(search).slice(0, MAX_WORDS);
  const last = words.at(-1);
  if (last === undefined) return undefined;
  if (!mayBeUnfinished(last)) return { all: [...all, ...words] };
  const before = [...all, ...words.slice(0, -1)];
  const completions = await completionsOf(query, last);
  const [first, ...others] = completions;
  if (first === undefined) return undefined;
  if (others.length === 0) return { all: [...before, first] };
  if (completions.length > MAX_COMPLETIONS) return { all: before, prefix: last };
  return { all: before, any: completions };
}

const mayBeUnfinished = (word: string): boolean => word.length > 1 && /\D/.test(word);

/** One step of the index for each word, however many orders have it. */
const COMPLETIONS = `
  with recursive found as (
    (select term from order_terms where term >= $1 and term < $1 || U&'\\+10FFFF' order by term limit 1)
    union all
    select (select t.term from order_terms t
            where t.term > f.term and t.term < $1 || U&'\\+10FFFF' order by t.term limit 1)
    from found f where f.term is not null
  )
  select term from found where term is not null limit $2`;

async function completionsOf(query: Query, beginning: string): Promise<string[]> {
  const rows = await query<{ term: string }>('orders.completions', COMPLETIONS, [
    beginning,
    MAX_COMPLETIONS + 1,
  ]);
  return rows.map(({ term }) => term);
}
