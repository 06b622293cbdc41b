import { badRowLines } from '../command-line/bad-rows.js';
import { figure } from '../command-line/figures.js';
import { drawTable } from '../command-line/table.js';
import type { Imported } from './import-catalog.js';

export function showImport(imported: Imported): string {
  const { file, rowsRead, products, customers, seconds, badRows } = imported;
  const { inFile, created, unitsAdded, neverPriced } = products;
  const table = drawTable(
    ['', 'in the file', 'new', 'changed'],
    [
      [
        ['rows', figure(rowsRead), '', ''],
        ['products', figure(inFile), figure(created), ''],
        ['units put on hand', '', figure(unitsAdded), ''],
        [
          'customers',
          figure(customers.inFile),
          figure(customers.created),
          figure(customers.updated),
        ],
      ],
    ],
  );
  const left =
    neverPriced.length > 0 ? [`Without any price, and left out: ${neverPriced.join(', ')}`] : [];
  const lines = [table, ...badRowLines(file, badRows), ...left];
  return `${lines.join('\n')}\nImported in ${figure(seconds, 1)} s.\n`;
}
