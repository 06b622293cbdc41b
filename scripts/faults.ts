import type { Stage } from '@waybill/deploy/stages.js';
import { Command, Option } from 'commander';
import { Failure } from './command-line/failure.js';
import { jsonOption, positiveInteger, wholeNumber } from './command-line/options.js';
import {
  type ExitCode,
  processTerminal,
  runCommand,
  type Terminal,
} from './command-line/run-command.js';
import { stopSignal } from './command-line/stop-signal.js';
import { type OwnSystem, startOwnSystem } from './faults/own-system.js';
import { runFaults } from './faults/run-faults.js';
import { showFaults } from './faults/show-faults.js';
import { STRIKES, type Strike } from './faults/strikes.js';

interface Options {
  seed: number;
  orders: number;
  seconds: number;
  settle: number;
  only: Strike[];
  without?: 'reconciler';
  keep?: boolean;
  json?: boolean;
}

/** So long that it never looks. */
const NEVER_SECONDS = 1_000_000;

/** `npm run faults`: a system of its own is mistreated under load, and then held to what it promised. */
export function faults(terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  const command = new Command('faults')
    .description(
      'Starts a system of its own, places orders and meanwhile kills, hangs and cuts off what it is made of.\n' +
        'Then holds what was acknowledged against the databases, and audits them.',
    )
    .option('--orders <orders>', 'to place', positiveInteger, 1000)
    .option(
      '--seconds <seconds>',
      'for which orders are placed and faults strike',
      positiveInteger,
      180,
    )
    .option(
      '--settle <seconds>',
      'in which all must be at rest after the last fault',
      wholeNumber,
      60,
    )
    .option(
      '--seed <number>',
      'repeats the choices of a run',
      positiveInteger,
      (Date.now() % 100_000) + 1,
    )
    .addOption(
      new Option('--only <faults...>', 'these kinds of faults')
        .choices(STRIKES)
        .default([...STRIKES]),
    )
    .addOption(
      new Option(
        '--without <protection>',
        'switches a protection off, to see that it is missed',
      ).choices(['reconciler']),
    )
    .option('--keep', 'keep the folder with the databases and the journal')
    .addOption(jsonOption());
  return runCommand(command, terminal, async () => {
    const options = command.opts<Options>();
    const say = (line: string) => terminal.err(`${line}\n`);
    const system = await startOwnSystem(
      { reconcileSeconds: options.without === 'reconciler' ? NEVER_SECONDS : 10 },
      stages(say),
    );
    try {
      return await mistreat(system, options, terminal, say, signal);
    } finally {
      await system.close(options.keep);
      if (options.keep) say(`kept in ${system.folder}`);
    }
  });
}

async function mistreat(
  system: OwnSystem,
  { seed, orders, seconds, settle, only, json }: Options,
  terminal: Terminal,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<ExitCode> {
  say(`seed ${seed}: ${orders} orders and faults for ${seconds} s at ${system.url}`);
  const plan = {
    seed,
    orders,
    milliseconds: seconds * 1000,
    pauseMs: [2000, 8000] as const,
    strikes: only,
    settleMs: settle * 1000,
    folder: system.folder,
    say,
    signal,
  };
  const report = await runFaults(system, plan).catch((error) => {
    throw signal.aborted ? new Failure('stopped: everything was ended and removed') : error;
  });
  terminal.out(json ? `${JSON.stringify(report, null, 2)}\n` : showFaults(report));
  return report.clean ? 0 : 1;
}

/** Each step of the start, as it begins. */
function stages(say: (line: string) => void): Stage {
  return (name, work) => {
    say(name);
    return work();
  };
}

// Everything is closed by then; what was cut off may keep Node waiting for minutes all the same.
if (import.meta.main) process.exit(await faults(processTerminal(), stopSignal()));
