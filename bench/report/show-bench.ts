import { colors as pc } from '@waybill/kernel/colors.js';
import { figure } from '@waybill/scripts/command-line/figures.js';
import type { Measured } from '../bench-orders.js';
import { benchTable, TITLES } from './bench-table.js';
import type { Machine } from './machine.js';
import { spreadOf } from './statistics.js';

/** What `--json` prints. */
export interface BenchReport extends Measured {
  machine: Machine;
  /** Invoices; null where the whole file was replayed. */
  limit: number | null;
  concurrency: number;
}

/** One table, then what bounds it, what was missed and what to think of it. */
export function showBench(report: BenchReport): string {
  const lines = [
    ...heading(report),
    benchTable(report),
    ...boundLines(report),
    ...faultLines(report),
    verdict(report),
    ...doubts(report),
  ];
  return `${lines.join('\n')}\n`;
}

function heading({ machine, runs, concurrency }: BenchReport): string[] {
  const { cores, cpu, memoryGb, node, postgres, commitMs, databasesInMemory } = machine;
  const disk = databasesInMemory ? '' : `, ${figure(commitMs, 2)} ms for a page to be on disk`;
  const times = runs.filter(({ backend }) => backend === runs[0]?.backend).length;
  return [
    `${cores} cores (${cpu}), ${memoryGb} GB; Node ${node}; ${postgres}, fsync on${disk}`,
    `${figure(runs[0]?.orders ?? 0)} orders, ${concurrency} placeOrder calls at a time; ` +
      (times > 1 ? `medians of ${times} runs (least–most)` : 'one run'),
  ];
}

function boundLines({ runs }: BenchReport): string[] {
  const last = new Map(runs.map((run) => [run.backend, run.boundBy]));
  return [...last]
    .filter(([, why]) => why !== null)
    .map(([backend, why]) => `What bounds it, ${TITLES[backend]}: ${why}.`);
}

function faultLines({ runs }: BenchReport): string[] {
  return runs
    .filter((run) => !run.reconciles)
    .map((run) => pc.red(`The replay does not reconcile: ${run.faults[0]}`));
}

function verdict({ targets }: BenchReport): string {
  const missed = targets.filter(({ met }) => !met);
  if (missed.length === 0) return pc.green('All targets are met.');
  const names = missed.map(({ name, backend }) => `${name} (${TITLES[backend]})`);
  return pc.red(`Missed: ${names.join(', ')}.`);
}

/** Cores that other programs may use before they are worth a word. */
const QUIET = 0.15;
/** Seconds that a replay must last, for Node compiles what runs often while it runs. */
const LONG_ENOUGH = 20;

/** Why these figures are not to be published. */
function doubts({ machine, runs }: BenchReport): string[] {
  const lines: string[] = [];
  const others = spreadOf(runs.flatMap(({ cores }) => (cores ? [cores.others] : [])));
  if (others && others.max > QUIET) {
    lines.push(`Other programs used up to ${figure(others.max, 2)} cores meanwhile.`);
  }
  const shortest = spreadOf(runs.map(({ seconds }) => seconds));
  if (shortest && shortest.min < LONG_ENOUGH) {
    lines.push(`A run of ${figure(shortest.min, 1)} s is mostly warming up.`);
  }
  if (machine.databasesInMemory) lines.push('The databases lay in memory: fsync did nothing.');
  return lines.map((line) => pc.yellow(line));
}
