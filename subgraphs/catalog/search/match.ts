import type { Conditions } from '../conditions.js';
import type { Order } from './product-sort.js';
import { plain } from './words.js';

/** How products are found by words: by the beginnings of words, or by words that are alike. */
export interface Match {
  /** Begins the cursors of its pages, so that the next one looks for the same. */
  letter: '' | 'l';
  and(where: Conditions): void;
  order(where: Conditions): Order;
}

/** Weights of description, (nothing,) kind and name. */
const WEIGHTS = `'{0.05, 0.1, 0.4, 1}'`;

/** Each of these words begins a word of the product; what has the word itself comes first. */
export function byPrefix(words: string[]): Match {
  return {
    letter: '',
    and: (where) => {
      where.and('words', `search @@ ${tsquery(`$?`, ':*', '&')}`, words);
    },
    order: (where) => {
      const place = where.place(words);
      const rank = (query: string) => `ts_rank(${WEIGHTS}, search, ${query}, 1)`;
      const key = `(${rank(tsquery(place, ':*', '&'))} + 2 * ${rank(tsquery(place, '', '|'))})::float8`;
      return { letter: 'r', key, type: 'float8', direction: 'desc' };
    },
  };
}

/** Each of these words is like one in the name or kind of the product, with some letters wrong or missing. */
export function byLikeness(words: string[]): Match {
  return {
    letter: 'l',
    and: (where) => {
      for (const word of words) where.and('like', `words %> ${plain('$?::text')}`, word);
    },
    order: (where) => {
      const key = `word_similarity(${plain(`${where.place(words.join(' '))}::text`)}, words)::float8`;
      return { letter: '', key, type: 'float8', direction: 'desc' };
    },
  };
}

/** SQL: the words in an array as a query, each with what is put behind it. */
const tsquery = (words: string, behind: string, between: string) => `to_tsquery('simple', (
  select string_agg(quote_literal(${plain('word')}) || '${behind}', ' ${between} ') from unnest(${words}::text[]) as word))`;
