/** What separates words, besides space; PostgreSQL's parser would make addresses and numbers of some of it. */
const PUNCTUATION = '-_/.,:;@#+&\'"`()[]{}<>|\\!?*=%$~^';

/** SQL: a text in small letters without accents and punctuation, as it is searched in and searched for. */
export const plain = (text: string) =>
  `unaccent(lower(translate(${text}, '${PUNCTUATION.replaceAll("'", "''")}', repeat(' ', ${PUNCTUATION.length}))))`;

/** Words of a search that count. */
const MAX_WORDS = 10;

/** The words somebody searches for. */
export function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return [...new Set(words)].slice(0, MAX_WORDS);
}
