import { expect, it } from 'vitest';
import { wordsOf } from './words.js';

it.each([
  ['Red MUG red', ['red', 'mug']],
  ["O'Neil & Sons, 85123A/b", ['o', 'neil', 'sons', '85123a', 'b']],
  ['Café ＭＵＧ マグ', ['café', 'ｍｕｇ', 'マグ']],
  [' \0%_ ', []],
])('finds the words of %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

it('takes the first ten', () => {
  expect(wordsOf(Array.from({ length: 20 }, (_, i) => `w${i}`).join(' '))).toHaveLength(10);
});
