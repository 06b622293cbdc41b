import { Command, Option } from 'commander';
import { jsonOption, urlOption } from './command-line/options.js';
import {
  type ExitCode,
  processTerminal,
  runProgram,
  type Terminal,
} from './command-line/run-command.js';
import { decide, exportManifest, list } from './operations/decide.js';
import { check, register } from './operations/register.js';

const HELP = `
Who asks: a partner by WAYBILL_API_KEY, a key with the scope OPERATIONS; otherwise staff by WAYBILL_STAFF_EMAIL and
WAYBILL_STAFF_PASSWORD, by default the demo's. Staff name the partner; managers alone approve and reject.

Exit codes: 0 all is well, 1 something is wrong with an operation or was refused, 2 called wrongly.
`;

/** `npm run operations`: the operations that partners have registered, from a shell or a pipeline. */
export function operations(terminal: Terminal): Promise<ExitCode> {
  const program = new Command('operations')
    .description('Checks, registers, lists, approves and retires operations of partners.')
    .addHelpText('after', HELP);
  return runProgram(program, terminal, [
    [
      manifestCommand('check', 'Reports on each operation of a manifest, and registers none.'),
      (given) => check(given, terminal),
    ],
    [
      manifestCommand('register', 'Registers the operations of a manifest: all, or none.'),
      (given) => register(given, terminal),
    ],
    [listCommand(), (given) => list(given, terminal)],
    [
      decisionCommand('approve', 'Lets the partner run operations.'),
      (given) => decide('approve', given, terminal),
    ],
    [
      decisionCommand('reject', 'Tells the partner that operations are not wanted.'),
      (given) => decide('reject', given, terminal),
    ],
    [decisionCommand('retire', 'Ends operations.'), (given) => decide('retire', given, terminal)],
    [exportCommand(), (given) => exportManifest(given, terminal)],
  ]);
}

function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--partner <id>', 'whose operations; a partner itself leaves that out')
    .addOption(urlOption());
}

function manifestCommand(name: string, description: string): Command {
  return command(name, description)
    .argument('<manifest>', "a file as Apollo's, Relay's or graphql-codegen's tools write it")
    .addOption(jsonOption());
}

function decisionCommand(name: string, description: string): Command {
  return command(name, description)
    .argument('<ids...>', 'operations, by the ids that they are registered under')
    .addOption(jsonOption());
}

function listCommand(): Command {
  const states = ['PENDING', 'APPROVED', 'REJECTED', 'RETIRED'];
  return command('list', 'Lists operations, and how often each was asked for.')
    .addOption(new Option('--state <state>', 'only those in this state').choices(states))
    .option('--unused', 'only those that nobody has ever asked for')
    .addOption(jsonOption());
}

function exportCommand(): Command {
  return command('export', "Prints the approved operations as Apollo's manifest.");
}

if (import.meta.main) process.exitCode = await operations(processTerminal());
