import { expect, it } from 'vitest';
import { drawTable } from './table.js';

it('draws a line where a section begins, and no other', () => {
  const table = drawTable(
    ['', 'count'],
    [
      [
        ['apples', '3'],
        ['pears', '12'],
      ],
      [['plums', '7']],
    ],
  );
  expect(table.split('\n')).toEqual([
    '┌────────┬───────┐',
    '│        │ count │',
    '├────────┼───────┤',
    '│ apples │     3 │',
    '│ pears  │    12 │',
    '├────────┼───────┤',
    '│ plums  │     7 │',
    '└────────┴───────┘',
  ]);
});
