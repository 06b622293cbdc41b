import { colors as pc } from '@waybill/kernel/colors.js';
import { figure } from '../command-line/figures.js';
import { drawTable } from '../command-line/table.js';
import type { FaultsReport } from './run-faults.js';

/** Findings beyond this number are only counted. */
const NAMED = 30;

/** What was done to the system, and what came of it. */
export function showFaults(report: FaultsReport): string {
  return `${[table(report), verdict(report)].join('\n')}\n`;
}

function table({ strikes, orders, acknowledged, repeated, settledSeconds, audit }: FaultsReport) {
  const counted = Map.groupBy(strikes, ({ kind }) => kind);
  const section = (title: string, lines: Array<[string, string]>) => [
    [{ colSpan: 2, content: pc.bold(title) }],
    ...lines,
  ];
  const numbers = (all: Record<string, number>) =>
    Object.entries(all).map(([name, count]): [string, string] => [name, figure(count)]);
  return drawTable(
    ['', ''],
    [
      section('Faults', [
        ...[...counted].map(([kind, all]): [string, string] => [kind, figure(all.length)]),
        ['all', figure(strikes.length)],
      ]),
      section('Acknowledged to clients', [
        ...numbers(acknowledged),
        ['asked more than once', figure(repeated)],
      ]),
      section('Orders', [
        ...numbers(orders.statuses),
        ['placed, never acknowledged', figure(orders.unheard)],
      ]),
      section('Afterwards', [
        [
          'at rest after the last fault and order, seconds',
          settledSeconds === null ? '-' : figure(settledSeconds, 1),
        ],
        [
          'invariants that hold',
          `${audit.rules.filter((rule) => rule.violations === 0).length} of ${audit.rules.length}`,
        ],
      ]),
    ],
  );
}

function verdict({ clean, findings, seed }: FaultsReport): string {
  const again = `The run repeats with --seed ${seed}.`;
  if (clean) return pc.green(`Nothing acknowledged was lost, nothing happened twice. ${again}`);
  const more = findings.length - NAMED;
  return [
    pc.red(`${figure(findings.length)} findings. ${again}`),
    ...findings.slice(0, NAMED).map((finding) => `- ${finding}`),
    ...(more > 0 ? [`and ${figure(more)} more`] : []),
  ].join('\n');
}
