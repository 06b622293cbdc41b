import { Argument, Command, Option } from 'commander';
import { exportFile } from './bulk/export-file.js';
import { importFile } from './bulk/import-file.js';
import { jsonOption, urlOption } from './command-line/options.js';
import { type Progress, progressOn } from './command-line/progress.js';
import {
  type ExitCode,
  processTerminal,
  runProgram,
  type Terminal,
} from './command-line/run-command.js';

const HELP = `
Who asks: staff by WAYBILL_STAFF_EMAIL and WAYBILL_STAFF_PASSWORD, by default the demo's.

Exit codes: 0 all is well, 1 something is wrong with the file or was refused, 2 called wrongly.
`;

/** `npm run bulk`: products, prices and stock, from files and into files. */
export function bulk(terminal: Terminal, progress: Progress): Promise<ExitCode> {
  const program = new Command('bulk')
    .description('Imports and exports products, prices and stock as CSV or JSON lines.')
    .addHelpText('after', HELP);
  return runProgram(program, terminal, [
    [importCommand(), (given) => importFile(given, terminal, progress)],
    [exportCommand(), (given) => exportFile(given, terminal)],
  ]);
}

function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addArgument(
      new Argument('<kind>', 'what it is about').choices(['products', 'prices', 'stock']),
    )
    .option('--storefront <code>', 'whose products or prices', 'main')
    .addOption(urlOption());
}

const FORMATS = ['csv', 'jsonl'];

function importCommand(): Command {
  return command('import', 'Shows what a file changes, and then has it changed.')
    .argument('<file>', 'a file below whose header, or in whose objects, are columns by name')
    .option('--dry-run', 'only show it')
    .option('--skip-wrong', 'leave out lines that are wrong; otherwise they keep all from changing')
    .option('--again', 'apply changes of stock (delta) of a file that was applied before once more')
    .option('--location <code>', 'of lines of stock that name none', 'main')
    .option('--note <text>', 'why: kept with each price and change of stock')
    .addOption(
      new Option('--format <format>', 'how it is written; by default as its name ends').choices(
        FORMATS,
      ),
    )
    .addOption(jsonOption());
}

function exportCommand(): Command {
  return command('export', 'Writes a file that an import takes to stdout.')
    .option('--location <code>', 'of stock: only what is there')
    .addOption(new Option('--format <format>', 'how to write it').choices(FORMATS).default('csv'));
}

if (import.meta.main) {
  process.exitCode = await bulk(processTerminal(), progressOn(process.stderr));
}
