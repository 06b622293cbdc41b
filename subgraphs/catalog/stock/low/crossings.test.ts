import { expect, it } from 'vitest';
import { crossingsOf, type WatchedRow } from './crossings.js';

const DENY = { backordered: 0, allowance: 0 };

function row(onHand: number, more: Partial<WatchedRow> = {}): WatchedRow {
  const known = {
    variantId: 'A',
    sku: 'A',
    active: true,
    priority: 1,
    open: true,
    reserved: 0,
    ...DENY,
  };
  return { ...known, locationId: 'main', onHand, threshold: 5, low: false, ...more };
}

const crossings = (rows: WatchedRow[], quantity: number) =>
  crossingsOf(
    rows,
    quantity > 0
      ? [{ key: 'o', variantId: 'A', locationId: 'main', quantity, backordered: 0 }]
      : [],
  );

const NONE = { fallen: [], recovered: [] };

it.each<[string, WatchedRow[], number, object]>([
  ['enough is left', [row(10)], 5, NONE],
  ['one too few is left', [row(10)], 6, { ...NONE, fallen: ['A'] }],
  ['it was low before', [row(4, { low: true })], 1, NONE],
  ['it was low before, unnoticed', [row(4)], 1, { ...NONE, fallen: ['A'] }],
  ['nothing is taken of what is low unnoticed', [row(4)], 0, NONE],
  ['it had recovered', [row(10, { low: true })], 1, { ...NONE, recovered: ['A'] }],
  ['it recovers and falls', [row(9, { low: true })], 6, { fallen: ['A'], recovered: ['A'] }],
  ['another location has enough', [row(6), row(9, { locationId: 'north' })], 4, NONE],
  ['a closed one has enough', [row(6), row(9, { open: false })], 4, { ...NONE, fallen: ['A'] }],
  ['what is reserved does not count', [row(9, { reserved: 4 })], 1, { ...NONE, fallen: ['A'] }],
  ['nobody wants to know', [row(1, { threshold: 0 })], 1, NONE],
])('where %s', (_, rows, quantity, expected) => {
  expect(crossings(rows, quantity)).toEqual(expected);
});
