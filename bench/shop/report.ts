import { colors as pc } from '@waybill/kernel/colors.js';
import { figure } from '@waybill/scripts/command-line/figures.js';
import { drawTable } from '@waybill/scripts/command-line/table.js';
import { median } from '../gateway/samples.js';
import { spreadOf } from '../report/statistics.js';
import type { Machine } from '../run-measurement.js';
import type { Sample, ShopMeasured } from './measure.js';
import type { ShopSize } from './prepare.js';
import { KINDS, type Kind, SHOPS, type ShopName } from './questions.js';

/** What `--json` prints. */
export interface ShopReport extends ShopMeasured, ShopSize {
  machine: Machine;
  rounds: number;
  seconds: number;
  concurrency: number;
}

export const TITLES: Record<ShopName, string> = {
  vendure: 'Vendure 3.7',
  waybill: 'Waybill',
  caching: 'Waybill, RESPONSE_CACHE=memory',
};

const QUESTIONS: Record<Kind, string> = {
  list: 'a page of the list: 20 products with their variants, prices, options and stock',
  search: 'a search: 20 products with their prices',
  facets: 'the same with the facets of all that is found',
  order: 'an order by its number, with lines, prices, total and address',
};

/** How many times Vendure's requests per second are aimed at. */
export const AIMS: Partial<Record<Kind, number>> = { list: 10, search: 2, order: 10 };

/** One table with a section for each kind of question, then why it may not be believed. */
export function showReport(report: ShopReport): string {
  const sections = KINDS.map((kind) => [
    [{ colSpan: 8, content: pc.bold(`${QUESTIONS[kind]} (${report.asked[kind]} different)`) }],
    ...SHOPS.flatMap((shop) => row(report.samples, shop, kind)),
  ]);
  const head = [
    ...['', 'requests/s', '×', 'p50, ms', 'p99, ms'],
    ...['CPU s / 1,000: Node', 'PostgreSQL', 'RSS, MB'],
  ];
  return `${[...heading(report), drawTable(head, sections), ...doubts(report)].join('\n')}\n`;
}

function heading(report: ShopReport): string[] {
  const { machine, products, orders, rounds, seconds, concurrency, loadAverage } = report;
  const [before, after] = loadAverage.map((each) => figure(each, 2));
  return [
    `${machine.cores} cores (${machine.cpu}); Node ${machine.node}; load average ${before} before, ${after} after`,
    `${figure(products)} products with 4 variants each, ${figure(orders)} orders; ${concurrency} requests at a time; ` +
      `${rounds} rounds of ${seconds} s; × is the median of the rounds' own ratios to Vendure`,
  ];
}

function row(samples: readonly Sample[], shop: ShopName, kind: Kind) {
  const own = samples.filter((each) => each.shop === shop && each.kind === kind);
  if (own.length === 0) return [];
  const cell = (of: (sample: Sample) => number | null, digits: number) => {
    const value = median(own.map(of));
    return value === null ? '-' : figure(value, digits);
  };
  return [
    [
      `  ${TITLES[shop]}`,
      spread(own),
      ratioCell(samples, own, kind),
      cell(({ p50 }) => p50, 1),
      cell(({ p99 }) => p99, 1),
      cell(({ nodeCpu }) => nodeCpu, 2),
      cell(({ postgresCpu }) => postgresCpu, 2),
      cell(({ rssMb }) => rssMb, 0),
    ],
  ];
}

function spread(own: readonly Sample[]): string {
  const found = spreadOf(own.map(({ perSecond }) => perSecond));
  if (!found) return '-';
  const range = own.length > 1 ? ` (${figure(found.min)}–${figure(found.max)})` : '';
  return `${figure(found.median)}${range}`;
}

function ratioCell(samples: readonly Sample[], own: readonly Sample[], kind: Kind): string {
  const ratio = ratioOf(samples, own, kind);
  if (ratio === null || own[0]?.shop === 'vendure') return '';
  const text = `×${figure(ratio, 1)}`;
  const aim = AIMS[kind];
  if (aim === undefined) return text;
  return ratio >= aim ? pc.green(text) : pc.red(`${text}, aim ×${aim}`);
}

/** How many times Vendure's requests per second: the median of the ratios within each round. */
export function ratioOf(
  samples: readonly Sample[],
  own: readonly Sample[],
  kind: Kind,
): number | null {
  const ratios = own.map(({ round, perSecond }) => {
    const other = samples.find(
      (each) => each.shop === 'vendure' && each.kind === kind && each.round === round,
    );
    return other ? perSecond / other.perSecond : null;
  });
  return median(ratios);
}

/** One system, PostgreSQL and the load keep two cores busy; more is somebody else. */
const BUSY = 4;

function doubts({ loadAverage, rounds, seconds }: ShopReport): string[] {
  const lines: string[] = [];
  if (Math.max(...loadAverage) > BUSY) lines.push('Other programs were using the cores.');
  if (rounds < 3 || seconds < 3) lines.push('Rounds so few or short are for a look.');
  return lines.map((line) => pc.yellow(line));
}
