import { colors as pc } from '@waybill/kernel/colors.js';
import { figure } from '@waybill/scripts/command-line/figures.js';
import { drawTable } from '@waybill/scripts/command-line/table.js';
import { type Spread, spreadOf } from '../report/statistics.js';
import type { Machine } from '../run-measurement.js';
import { KIND_NAMES, KINDS, type KindName } from './contenders.js';
import type { Sample, SubscriptionsMeasured } from './measure.js';

const FIGURES = [
  ...['heap', 'resident', 'cpuPer1000'],
  ...['broadcastP50', 'broadcastP99', 'singleP50', 'singleP99'],
] as const satisfies ReadonlyArray<keyof Sample>;

type Figure =
  | 'heap'
  | 'resident'
  | 'cpuPer1000'
  | 'broadcastP50'
  | 'broadcastP99'
  | 'singleP50'
  | 'singleP99';

/** Medians over the rounds, with the least and the most. */
export type Compared = { kind: KindName } & Record<Figure, Spread | null>;

/** What `--json` prints. */
export interface SubscriptionsReport extends SubscriptionsMeasured {
  machine: Machine;
  rounds: number;
  subscriptions: number;
  comparison: Compared[];
}

export function comparison({ samples }: SubscriptionsMeasured): Compared[] {
  return KIND_NAMES.map((kind) => {
    const own = samples.filter((sample) => sample.kind === kind);
    const figures = FIGURES.map((name) => {
      const values = own.map((sample) => sample[name as Figure]).filter((each) => each !== null);
      return [name, spreadOf(values) ?? null];
    });
    return { kind, ...(Object.fromEntries(figures) as Record<Figure, Spread | null>) };
  });
}

export function showReport(report: SubscriptionsReport): string {
  const head = [
    ...['', 'heap, kB', 'RSS, kB', 'CPU ms / 1,000'],
    ...['all p50, ms', 'all p99, ms', 'one p50, ms', 'one p99, ms'],
  ];
  const sections = [false, true].map((shared) =>
    report.comparison.filter(({ kind }) => KINDS[kind].shared === shared).map(row),
  );
  return `${[...heading(report), drawTable(head, sections), ...doubts(report)].join('\n')}\n`;
}

function heading({ machine, rounds, subscriptions, cores, loadAverage }: SubscriptionsReport) {
  const { cores: count, cpu, node } = machine;
  const held =
    cores.gateway === undefined
      ? 'nothing is held on a core'
      : `servers on core ${cores.gateway}, all else on core ${cores.others}`;
  const [before, after] = loadAverage.map((each) => figure(each, 2));
  return [
    `${count} cores (${cpu}); Node ${node}; ${held}; load average ${before} before, ${after} after`,
    `${figure(subscriptions)} subscriptions, each on a WebSocket of its own; ` +
      (rounds === 1 ? 'one round' : `medians of ${rounds} rounds, with the least and the most`),
  ];
}

function row({ kind, ...figures }: Compared): string[] {
  const cells = FIGURES.map((name) => {
    const kilo = name === 'heap' || name === 'resident' ? 1_000 : 1;
    return cell(figures[name as Figure], kilo);
  });
  return [KINDS[kind].title, ...cells];
}

function cell(spread: Spread | null, unit: number): string {
  if (!spread) return '-';
  const [median, min, max] = [spread.median, spread.min, spread.max].map((each) =>
    figure(each / unit, 1),
  );
  return min === max ? `${median}` : `${median} (${min}–${max})`;
}

const BUSY = 2.5;
const FEW_ROUNDS = 3;

function doubts({ loadAverage, rounds }: SubscriptionsReport): string[] {
  const lines: string[] = [];
  if (Math.max(...loadAverage) > BUSY) lines.push('Other programs were using the cores.');
  if (rounds < FEW_ROUNDS) lines.push('Rounds so few are for a look.');
  return lines.map((line) => pc.yellow(line));
}
