import Table from 'cli-table3';
import { badRowLines } from '../command-line/bad-rows.js';
import { figure } from '../command-line/figures.js';
import type { Imported } from './import-file.js';

export function showImport(imported: Imported): string {
  const { file, rowsRead, products, customers, seconds, badRows } = imported;
  const table = new Table({
    head: ['', 'in the file', 'new', 'changed'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  const { inFile, created, unitsAdded, neverPriced } = products;
  table.push(
    ['rows', figure(rowsRead), '', ''],
    ['products', figure(inFile), figure(created), ''],
    ['units put on hand', '', figure(unitsAdded), ''],
    ['customers', figure(customers.inFile), figure(customers.created), figure(customers.updated)],
  );
  const left =
    neverPriced.length > 0 ? [`Without any price, and left out: ${neverPriced.join(', ')}`] : [];
  const lines = [table.toString(), ...badRowLines(file, badRows), ...left];
  return `${lines.join('\n')}\nImported in ${figure(seconds, 1)} s.\n`;
}
