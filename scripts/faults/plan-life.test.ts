import { expect, it } from 'vitest';
import { chance } from './chance.js';
import { planLife } from './plan-life.js';

const SPAN = { orders: 400, milliseconds: 20_000 };
const lives = (seed: number) =>
  Array.from({ length: SPAN.orders }, (_, i) => planLife(i + 1, SPAN, chance(seed, i + 1)));

it('plans the same lives for the same seed, spread over the time', () => {
  expect(lives(5)).toEqual(lives(5));
  expect(lives(5)).not.toEqual(lives(6));
  expect(lives(5).at(0)?.startsAt).toBe(0);
  expect(lives(5).at(-1)?.startsAt).toBe(19_950);
});

it('plans every card and every end', () => {
  expect(new Set(lives(5).map(({ card }) => card)).size).toBe(7);
  expect(new Set(lives(5).map(({ afterwards }) => afterwards)).size).toBe(6);
});
