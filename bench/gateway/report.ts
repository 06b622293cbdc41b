import { colors as pc } from '@waybill/kernel/colors.js';
import { figure } from '@waybill/scripts/command-line/figures.js';
import { drawTable } from '@waybill/scripts/command-line/table.js';
import type { Machine } from '../run-measurement.js';
import type { ContenderName } from './contenders.js';
import { QUERY_NAMES, type QueryName } from './graph/queries.js';
import { type GatewayMeasured, isAbout } from './measure.js';
import { type Compared, compare, FIGURES, type Figure, median } from './samples.js';

/** What `--json` prints. */
export interface GatewayReport extends GatewayMeasured {
  machine: Machine;
  rounds: number;
  seconds: number;
  concurrency: number;
  comparison: Comparison[];
}

export type Comparison = { query: QueryName; contender: ContenderName } & Record<Figure, Compared>;

export const TITLES: Record<ContenderName, string> = {
  stock: 'stock Apollo Gateway',
  proxy: 'plain proxy, no GraphQL',
  hive: 'Hive Gateway',
  hiveRust: 'Hive, planner in Rust',
  mercurius: 'Mercurius',
  adHoc: 'ours, ad hoc',
  persisted: 'ours, persisted',
  unshared: 'the same, no pipelining',
  inProcess: 'ours, in process',
};

/** Stock's CPU per request divided by ours: what is aimed at. */
export const AIMS: Partial<Record<ContenderName, Record<QueryName, number>>> = {
  adHoc: { simple: 8, nested: 8, full: 8 },
  persisted: { simple: 18, nested: 12, full: 9 },
};

export function comparison({ samples, contenders }: GatewayMeasured): Comparison[] {
  return QUERY_NAMES.flatMap((query) =>
    contenders.map((contender) => {
      const figures = FIGURES.map((each) => [each, compare(samples, contender, query, each)]);
      return { query, contender, ...(Object.fromEntries(figures) as Record<Figure, Compared>) };
    }),
  );
}

/** One table with a section for each query, then why it may not be believed. */
export function showReport(report: GatewayReport): string {
  const sections = QUERY_NAMES.map((query) => [
    [{ colSpan: 8, content: pc.bold(`${query}, ${figure(report.bytes[query] / 1000, 1)} kB`) }],
    ...report.comparison.filter((each) => each.query === query).map((each) => row(report, each)),
  ]);
  const head = ['', 'CPU s / 1,000', 'aim', 'requests/s', 'p50, ms', 'p99, ms', 'RSS, MB', 'cores'];
  return `${[...heading(report), drawTable(head, sections), ...doubts(report)].join('\n')}\n`;
}

function heading({ machine, rounds, seconds, concurrency, loadAverage, cores }: GatewayReport) {
  const { cores: count, cpu, node } = machine;
  const held =
    cores.gateway === undefined
      ? 'nothing is held on a core'
      : `gateways on core ${cores.gateway}, all else on core ${cores.others}`;
  const times =
    rounds === 1 ? `one round of ${seconds} s` : `medians of ${rounds} rounds of ${seconds} s`;
  const [before, after] = loadAverage.map((each) => figure(each, 2));
  return [
    `${count} cores (${cpu}); Node ${node}; ${held}; load average ${before} before, ${after} after`,
    `${concurrency} requests at a time; ${times}; ` +
      '× is how many times better than stock in the same round',
  ];
}

function row({ samples, differences }: GatewayReport, compared: Comparison) {
  const { contender, query, cpuPer1000, perSecond, p50, p99, rssMb } = compared;
  const difference = differences.find((each) => isAbout(each, contender, query));
  if (difference) {
    const content = `answers otherwise than stock at ${difference.at}`;
    return [`  ${TITLES[contender]}`, { colSpan: 7, content }];
  }
  const own = samples.filter((each) => each.contender === contender && each.query === query);
  const used = median(own.map(({ coresUsed }) => coresUsed));
  return [
    `  ${TITLES[contender]}`,
    cell(cpuPer1000, 3),
    aimCell(contender, query, cpuPer1000.ratio),
    ...[cell(perSecond, 0), cell(p50, 2), cell(p99, 2), cell(rssMb, 0)],
    used === null ? '-' : figure(used, 2),
  ];
}

function cell({ median: value, ratio }: Compared, digits: number): string {
  if (value === null) return '-';
  return `${figure(value, digits)}${ratio === null ? '' : ` ×${figure(ratio, 1)}`}`;
}

function aimCell(contender: ContenderName, query: QueryName, ratio: number | null): string {
  const aim = AIMS[contender]?.[query];
  if (aim === undefined) return '';
  if (ratio === null) return `×${aim}`;
  return ratio >= aim ? pc.green(`×${aim}`) : pc.red(`missed ×${aim}`);
}

/** Busy programs beside one gateway and what drives it, from where figures are doubtful. */
const BUSY = 2.5;
const FEW_ROUNDS = 3;
const SHORT = 3;

function doubts({ loadAverage, rounds, seconds }: GatewayReport): string[] {
  const lines: string[] = [];
  if (Math.max(...loadAverage) > BUSY) lines.push('Other programs were using the cores.');
  if (rounds < FEW_ROUNDS || seconds < SHORT) lines.push('Rounds so few or short are for a look.');
  return lines.map((line) => pc.yellow(line));
}
