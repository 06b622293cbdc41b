import { expect, it } from 'vitest';
import { wordsAndParts, wordsOf } from './words.js';

it.each([
  ['Zoë-Mae ŁĄCKA', ['zoe-mae', 'lacka']],
  ['12 St. James’s Sq, Köln', ['12', 'st', "james's", 'sq', 'koln']],
  ['ada@example.com; TEE-RED/M', ['ada@example.com', 'tee-red/m']],
  ['"=A" (50 %) ½', ['a', '50', '1⁄2']],
  ['Straße Ærø Đorđe', ['strasse', 'aero', 'dorde']],
  ['Тест 東京', ['тест', '東京']],
  ['-- \t .', []],
  ['𝒜'.repeat(70), ['a'.repeat(60)]],
])('the words of %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

it('cuts no character in two', () => {
  const [word = ''] = wordsOf(`a${'😀'.repeat(70)}b`);
  expect([...word]).toHaveLength(60);
  expect(word.isWellFormed()).toBe(true);
});

it('has the parts of what marks join, too', () => {
  expect(wordsAndParts("Long-sleeve o'neill 7")).toEqual([
    ...['long-sleeve', 'long', 'sleeve'],
    ...["o'neill", 'o', 'neill', '7'],
  ]);
});
