import { Command } from 'commander';
import { jsonOption, positiveInteger, urlOption } from './command-line/options.js';
import { type Progress, progressOn } from './command-line/progress.js';
import {
  type ExitCode,
  processTerminal,
  runCommand,
  type Terminal,
} from './command-line/run-command.js';
import { stopSignal } from './command-line/stop-signal.js';
import { planInvoices } from './online-retail/plan-invoices.js';
import { readRows } from './online-retail/read-rows.js';
import { replayInvoices } from './replay/replay-invoices.js';
import { showReport } from './replay/show-report.js';
import { staffCredentials } from './staff.js';
import { openSession } from './staff-session.js';

interface Options {
  url: string;
  limit?: number;
  concurrency: number;
  json?: boolean;
}

/** `npm run replay`: a file of real invoices goes through the system as orders, shipments and refunds. */
export function replay(
  terminal: Terminal,
  progress: Progress,
  signal: AbortSignal,
): Promise<ExitCode> {
  const command = new Command('replay')
    .description(
      'Places every invoice of a file as an order through the public API, ships it, and refunds what was cancelled.\n' +
        'Run the import of the same file first. Running it again places nothing twice.',
    )
    .argument('<file>', 'a CSV file with the columns of the Online Retail data set')
    .option('--limit <invoices>', 'only the first so many invoices of the file', positiveInteger)
    .option('--concurrency <calls>', 'orders that are being placed at a time', positiveInteger, 16)
    .addOption(urlOption())
    .addOption(jsonOption());
  return runCommand(command, terminal, async ({ args: [file = ''] }) => {
    const { url, limit, concurrency, json } = command.opts<Options>();
    const planned = await planInvoices(readRows(file), limit);
    const session = { url, connections: concurrency + 4, retries: 5 };
    const client = await openSession(session, staffCredentials());
    try {
      const report = await replayInvoices(file, planned, { client, concurrency, progress, signal });
      terminal.out(json ? `${JSON.stringify(report, null, 2)}\n` : showReport(report));
      return report.reconciles ? 0 : 1;
    } finally {
      await client.close();
    }
  });
}

if (import.meta.main) {
  const progress = progressOn(process.stderr);
  process.exitCode = await replay(processTerminal(), progress, stopSignal());
}
