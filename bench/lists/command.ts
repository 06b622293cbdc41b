import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Closing } from '@waybill/deploy/closing.js';
import { jsonOption, positiveInteger } from '@waybill/scripts/command-line/options.js';
import type { ExitCode, Terminal } from '@waybill/scripts/command-line/run-command.js';
import { Command } from 'commander';
import { runMeasurement } from '../run-measurement.js';
import { measureLists } from './measure.js';
import { showReport } from './report.js';

interface Flags {
  orders: number;
  folder: string;
}

/** `npm run bench:lists`: what the pages of lists of orders cost as the orders become more. */
export function listsCommand(terminal: Terminal, parts: Closing): Promise<ExitCode> {
  return runMeasurement(options(), terminal, parts, {
    measure: async ({ orders, folder: parent }: Flags, tell) => {
      const folder = await mkdtemp(join(resolve(parent), 'waybill-lists-'));
      parts.add(() => rm(folder, { recursive: true, force: true }));
      return measureLists({ orders, folder, tell }, parts);
    },
    show: showReport,
  });
}

function options(): Command {
  return new Command('bench:lists')
    .description(
      'Measures page 1 and page 1,000 of lists of orders while the orders grow from 10,000 to 1,000,000, each of ten lines, and ' +
        'shows which index each list is read from. Starts a PostgreSQL of its own, and takes it away again.',
    )
    .option('--orders <count>', 'how many at the most', positiveInteger, 1_000_000)
    .option('--folder <folder>', 'where the database lies meanwhile', tmpdir())
    .addOption(jsonOption());
}
