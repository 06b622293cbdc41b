import { availableParallelism, cpus } from 'node:os';
import type { Closing } from '@waybill/deploy/closing.js';
import { jsonOption, positiveInteger } from '@waybill/scripts/command-line/options.js';
import {
  type ExitCode,
  runCommand,
  type Terminal,
} from '@waybill/scripts/command-line/run-command.js';
import { Command } from 'commander';
import { measureSubscriptions } from './measure.js';
import { comparison, showReport } from './report.js';

interface Flags {
  rounds: number;
  subscriptions: number;
  json?: boolean;
}

/** `npm run bench:subscriptions`: what a subscription costs in our gateway, and how soon its events are there. */
export function subscriptionsCommand(terminal: Terminal, parts: Closing): Promise<ExitCode> {
  return runCommand(options(), terminal, async (command) => {
    const { json, ...flags } = command.opts<Flags>();
    try {
      const tell = (line: string) => terminal.err(`${line}\n`);
      const measured = await measureSubscriptions({ ...flags, tell }, parts);
      const [cores, cpu] = [availableParallelism(), cpus()[0]?.model.trim() ?? 'unknown'];
      const machine = { cores, cpu, node: process.version };
      const report = { machine, ...flags, comparison: comparison(measured), ...measured };
      terminal.out(json ? `${JSON.stringify(report, null, 2)}\n` : showReport(report));
      return 0;
    } finally {
      await parts.close();
    }
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
