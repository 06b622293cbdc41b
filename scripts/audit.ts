import { Fault } from '@waybill/deploy/fault.js';
import { type RunningDatabases, runningDatabases } from '@waybill/deploy/running-databases.js';
import { Command } from 'commander';
import { auditDatabases } from './audit/audit-databases.js';
import { showAudit } from './audit/show-audit.js';
import { Failure, UnreachableFailure } from './command-line/failure.js';
import { jsonOption, positiveInteger, wholeNumber } from './command-line/options.js';
import { type Progress, progressOn } from './command-line/progress.js';
import {
  type ExitCode,
  processTerminal,
  runCommand,
  type Terminal,
} from './command-line/run-command.js';

interface Options {
  grace: number;
  patience: number;
  named: number;
  json?: boolean;
}

/** `npm run audit`: holds what the databases of the running system say against everything that must always hold. */
export function audit(
  terminal: Terminal,
  progress: Progress,
  find: () => Promise<RunningDatabases | undefined> = runningDatabases,
): Promise<ExitCode> {
  const command = new Command('audit')
    .description(
      'Checks every invariant of docs/order-lifecycle.md over all four databases.\n' +
        'It only reads, while the system works or rests, and finds the databases by the settings of npm start.',
    )
    .option(
      '--grace <seconds>',
      'after which an order without a job counts as lost',
      wholeNumber,
      60,
    )
    .option('--patience <seconds>', 'for a step under way to be finished', wholeNumber, 15)
    .option('--named <violations>', 'of each invariant that are listed', positiveInteger, 10)
    .addOption(jsonOption())
    .addHelpText('after', EXIT_CODES);
  return runCommand(command, terminal, async () => {
    const { json, named, grace, patience } = command.opts<Options>();
    const options = { named, graceSeconds: grace, patienceMs: patience * 1000 };
    const report = await auditDatabases(await found(find), options, progress);
    terminal.out(json ? `${JSON.stringify(report, null, 2)}\n` : showAudit(report));
    return report.clean ? 0 : 1;
  });
}

const EXIT_CODES = `
Exit codes: 0 everything holds, 1 an invariant is broken, 2 called wrongly, 3 a database cannot be reached.
`;

async function found(find: () => Promise<RunningDatabases | undefined>): Promise<RunningDatabases> {
  const databases = await find().catch((error) => {
    throw error instanceof Fault ? new Failure(error.lines.join('\n')) : error;
  });
  if (!databases) throw new UnreachableFailure('PostgreSQL does not run: run npm start first');
  return databases;
}

if (import.meta.main) {
  process.exitCode = await audit(processTerminal(), progressOn(process.stderr));
}
