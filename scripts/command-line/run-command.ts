import { colors as pc } from '@waybill/kernel/colors.js';
import { type Command, CommanderError } from 'commander';
import { Failure, UnreachableFailure, UsageFailure } from './failure.js';

/** Where a command reads its words from and writes to; the process, or a test. */
export interface Terminal {
  argv: readonly string[];
  out(text: string): void;
  err(text: string): void;
}

/** 0 done, 1 not as it should be, 2 called wrongly, 3 what it needs cannot be reached. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Runs a command and turns whatever happens into lines for people and an exit code. */
export async function runCommand(
  command: Command,
  terminal: Terminal,
  action: (command: Command) => Promise<ExitCode>,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  command
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(--help tells more)')
    .action(async () => {
      exitCode = await action(command);
    });
  try {
    await command.parseAsync(terminal.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, terminal);
  }
}

function explain(error: unknown, terminal: Terminal): ExitCode {
  // Commander has said already what it has to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const known = error instanceof Failure;
  const text = known ? error.message : ((error as Error).stack ?? String(error));
  terminal.err(`${pc.red('error:')} ${text}\n`);
  if (error instanceof UsageFailure) return 2;
  return error instanceof UnreachableFailure ? 3 : 1;
}

export function processTerminal(): Terminal {
  return {
    argv: process.argv.slice(2),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  };
}
