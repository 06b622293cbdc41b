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

type Action = (command: Command) => Promise<ExitCode>;

/** Runs a command and turns whatever happens into lines for people and an exit code. */
export function runCommand(
  command: Command,
  terminal: Terminal,
  action: Action,
): Promise<ExitCode> {
  return run(command, terminal, [[command, action]]);
}

/** The same with a program of several commands, of which the first word names one. */
export function runProgram(
  program: Command,
  terminal: Terminal,
  commands: ReadonlyArray<readonly [command: Command, action: Action]>,
): Promise<ExitCode> {
  for (const [command] of commands) program.addCommand(command);
  return run(program, terminal, commands);
}

async function run(
  program: Command,
  terminal: Terminal,
  commands: ReadonlyArray<readonly [command: Command, action: Action]>,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  prepare(program, terminal);
  for (const [command, action] of commands) {
    prepare(command, terminal).action(async () => {
      exitCode = await action(command);
    });
  }
  try {
    await program.parseAsync(terminal.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, terminal);
  }
}

function prepare(command: Command, terminal: Terminal): Command {
  return command
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(--help tells more)');
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
