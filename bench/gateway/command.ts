import type { Closing } from '@waybill/deploy/closing.js';
import { jsonOption, positiveInteger } from '@waybill/scripts/command-line/options.js';
import type { ExitCode, Terminal } from '@waybill/scripts/command-line/run-command.js';
import { Command, InvalidArgumentError, Option } from 'commander';
import { runMeasurement } from '../run-measurement.js';
import { CONTENDERS, type ContenderName } from './contenders.js';
import { measureGateways } from './measure.js';
import { comparison, showReport } from './report.js';

interface Flags {
  rounds: number;
  seconds: number;
  concurrency: number;
  only: readonly ContenderName[];
}

/** `npm run bench:gateway`: what a request costs in our gateway, and what it costs in others. */
export function gatewayCommand(terminal: Terminal, parts: Closing): Promise<ExitCode> {
  return runMeasurement(options(), terminal, parts, {
    measure: async (flags: Flags, tell) => {
      const measured = await measureGateways({ ...flags, tell }, parts);
      return { ...flags, comparison: comparison(measured), ...measured };
    },
    show: showReport,
  });
}

function options(): Command {
  return new Command('bench:gateway')
    .description(
      'Measures what a request costs in stock Apollo Gateway, in others, in a plain proxy and in our gateway, in turns, over ' +
        'the same subgraphs. Starts all it needs, and takes all of it away again.',
    )
    .option('--rounds <count>', 'how often everything is measured', positiveInteger, 5)
    .option('--seconds <seconds>', 'how long each measurement takes', positiveInteger, 5)
    .option('--concurrency <requests>', 'requests on their way at a time', positiveInteger, 32)
    .addOption(onlyOption())
    .addOption(jsonOption());
}

function onlyOption(): Option {
  return new Option('--only <names>', `some of ${CONTENDERS.join(', ')}; stock always is`)
    .default(CONTENDERS, 'all')
    .argParser((text) => text.split(',').map(contenderName));
}

function contenderName(text: string): ContenderName {
  const name = CONTENDERS.find((each) => each === text.trim());
  if (name) return name;
  throw new InvalidArgumentError(`There is no ${text}: choose from ${CONTENDERS.join(', ')}.`);
}
