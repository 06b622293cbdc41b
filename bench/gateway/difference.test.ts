import { expect, it } from 'vitest';
import { firstDifference } from './difference.js';

it.each([
  [{ a: [1, { b: null }] }, { a: [1, { b: null }] }, undefined],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, undefined],
  [{ a: [1, { b: null }] }, { a: [1, { b: 0 }] }, 'a.1.b'],
  [{ a: [1] }, { a: [1, 2] }, 'a.1'],
  [{ a: 1 }, { a: 1, errors: [] }, 'errors'],
  [{ a: [] }, { a: {} }, 'a'],
  [1, 2, 'everything'],
])('%j and %j differ at %s', (left, right, path) => {
  expect(firstDifference(left, right)).toBe(path);
});
