import { colors as pc } from '@waybill/kernel/colors.js';
import { figure } from '@waybill/scripts/command-line/figures.js';
import { drawTable } from '@waybill/scripts/command-line/table.js';
import type { Machine } from '../run-measurement.js';
import type { ListMeasured, ListsMeasured } from './measure.js';
import type { PageMeasured } from './measure-pages.js';

/** What `--json` prints. */
export interface ListsReport extends ListsMeasured {
  machine: Machine;
}

export function showReport(report: ListsReport): string {
  const { sizes, lists, machine, pageSize } = report;
  const head = [
    '',
    ...sizes.flatMap(({ orders }) => [`${figure(orders)}: page 1`, 'page 1,000']),
    'index',
  ];
  const rows = [...Map.groupBy(lists, ({ title }) => title)].map(([title, own]) => row(title, own));
  const lines = [
    `${machine.cores} cores (${machine.cpu}); Node ${machine.node}`,
    ...sizes.map(
      ({ orders, lines: count, secondsToFill, gigabytes }) =>
        `${figure(orders)} orders, ${figure(count)} lines: made in ${figure(secondsToFill)} s, ${figure(gigabytes, 1)} GB`,
    ),
    `milliseconds for a page of ${pageSize}, medians with the least and the most; in brackets the last full page of a shorter list`,
    drawTable(head, [rows]),
    ...doubts(lists),
  ];
  return `${lines.join('\n')}\n`;
}

function row(title: string, own: ListMeasured[]): string[] {
  const cells = own.flatMap(({ pages: [first, deep] }) => [cell(first), cell(deep)]);
  return [title, ...cells, leadingIndex(own.at(-1)?.pages.at(-1))];
}

function cell(measured: PageMeasured | undefined): string {
  if (!measured) return '-';
  const { median, min, max } = measured.ms;
  const page = [1, 1000].includes(measured.page) ? '' : ` [${figure(measured.page)}]`;
  return `${figure(median, 2)} (${figure(min, 2)}–${figure(max, 2)})${page}`;
}

/** What is looked up by order, or by storefront, is told by the others. */
const LOOK_UPS = ['orders_pkey', 'terms_of_orders_pkey', 'sales_storefronts_pkey'];

function leadingIndex(page: PageMeasured | undefined): string {
  const indexes = page?.plan.indexes ?? [];
  return indexes.find((index) => !LOOK_UPS.includes(index)) ?? indexes[0] ?? '-';
}

function doubts(lists: ListMeasured[]): string[] {
  const whole = lists.filter(({ pages }) => pages.some(({ plan }) => plan.wholeTables.length > 0));
  return whole.map(({ title, orders }) =>
    pc.red(`${title}, ${figure(orders)}: reads a whole table`),
  );
}
