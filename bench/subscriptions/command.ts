import type { Closing } from '@waybill/deploy/closing.js';
import { jsonOption, positiveInteger } from '@waybill/scripts/command-line/options.js';
import type { ExitCode, Terminal } from '@waybill/scripts/command-line/run-command.js';
import { Command } from 'commander';
import { runMeasurement } from '../run-measurement.js';
import { measureSubscriptions } from './measure.js';
import { comparison, showReport } from './report.js';

interface Flags {
  rounds: number;
  subscriptions: number;
}

/** `npm run bench:subscriptions`: what a subscription costs in our gateway, and how soon its events are there. */
export function subscriptionsCommand(terminal: Terminal, parts: Closing): Promise<ExitCode> {
  return runMeasurement(options(), terminal, parts, {
    measure: async (flags: Flags, tell) => {
      const measured = await measureSubscriptions({ ...flags, tell }, parts);
      return { ...flags, comparison: comparison(measured), ...measured };
    },
    show: showReport,
  });
}

function options(): Command {
  return new Command('bench:subscriptions')
    .description(
      'Measures what a subscription costs in our gateway and in a plain graphql-ws server, and how soon its events ' +
        'are delivered. Starts all it needs, and takes all of it away again.',
    )
    .option('--rounds <count>', 'how often everything is measured', positiveInteger, 3)
    .option('--subscriptions <count>', 'how many are open at a time', positiveInteger, 5_000)
    .addOption(jsonOption());
}
