import { expect, it } from 'vitest';
import { isStorable } from './storable.js';

it.each<[string, boolean]>([
  ['', true],
  ['naïve 😀', true],
  ['a\0b', false],
  ['\ud83d', false],
  ['\ude00\ud83d', false],
])('%j: %s', (text, expected) => expect(isStorable(text)).toBe(expected));
