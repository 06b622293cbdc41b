import { Command } from 'commander';
import { jsonOption, urlOption } from './command-line/options.js';
import { type Progress, progressOn } from './command-line/progress.js';
import {
  type ExitCode,
  processTerminal,
  runCommand,
  type Terminal,
} from './command-line/run-command.js';
import { importCatalog, readFile } from './import/import-catalog.js';
import { showImport } from './import/show-import.js';
import { staffCredentials } from './staff.js';
import { openSession } from './staff-session.js';

interface Options {
  url: string;
  json?: boolean;
}

/** `npm run import`: the catalog and the customers of a file of real invoices. */
export function runImport(terminal: Terminal, progress: Progress): Promise<ExitCode> {
  const command = new Command('import')
    .description(
      'Builds the catalog and the customers of a file of invoices, with stock for all that it will sell.\n' +
        'Running it again changes nothing.',
    )
    .argument('<file>', 'a CSV file with the columns of the Online Retail data set')
    .addOption(urlOption())
    .addOption(jsonOption());
  return runCommand(command, terminal, async ({ args: [file = ''] }) => {
    const { url, json } = command.opts<Options>();
    const content = await readFile(file);
    const client = await openSession({ url, connections: 4, retries: 5 }, staffCredentials());
    try {
      const imported = await importCatalog(file, content, client, progress);
      terminal.out(json ? `${JSON.stringify(imported, null, 2)}\n` : showImport(imported));
      return 0;
    } finally {
      await client.close();
    }
  });
}

if (import.meta.main) {
  process.exitCode = await runImport(processTerminal(), progressOn(process.stderr));
}
