import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { Closing } from '@waybill/deploy/closing.js';
import { Fault } from '@waybill/deploy/fault.js';
import { PROJECT_ROOT } from '@waybill/deploy/paths.js';
import { Failure } from '@waybill/scripts/command-line/failure.js';
import { jsonOption, positiveInteger } from '@waybill/scripts/command-line/options.js';
import {
  type ExitCode,
  runCommand,
  type Terminal,
} from '@waybill/scripts/command-line/run-command.js';
import { Command, Option } from 'commander';
import { type BenchOptions, benchOrders } from './bench-orders.js';
import { isInMemory } from './measure/disk.js';
import { describeMachine } from './report/machine.js';
import { showBench } from './report/show-bench.js';
import { redisProgram } from './servers/redis-server.js';

interface Flags {
  file: string;
  limit?: number;
  concurrency: number;
  backend: 'postgres' | 'redis' | 'both';
  runs: number;
  redisUrl?: string;
  folder: string;
  floor: boolean;
  json?: boolean;
}

/** `npm run bench:orders`: how many orders a second this machine settles, and what it costs. */
export function benchCommand(terminal: Terminal, parts: Closing): Promise<ExitCode> {
  return runCommand(options(), terminal, async (command) => {
    const flags = command.opts<Flags>();
    try {
      const chosen = await choose(flags, terminal, parts);
      const measured = await benchOrders(chosen, parts);
      const { limit, concurrency } = flags;
      const machine = await describeMachine(chosen.folder, measured.commitMs);
      const report = { machine, limit: limit ?? null, concurrency, ...measured };
      terminal.out(flags.json ? `${JSON.stringify(report, null, 2)}\n` : showBench(report));
      return measured.runs.every((run) => run.reconciles) ? 0 : 1;
    } catch (error) {
      throw error instanceof Fault ? new Failure(error.message) : error;
    } finally {
      await parts.close();
    }
  });
}

function options(): Command {
  const backend = new Option('--backend <name>', 'where the queues are')
    .choices(['postgres', 'redis', 'both'])
    .default('both');
  return new Command('bench:orders')
    .description(
      'Measures orders from placeOrder to CONFIRMED while a file of real invoices is replayed, and beside it the floor:\n' +
        'the same SQL statements from bare pg. Starts all it needs, and takes all of it away again.',
    )
    .option('--limit <invoices>', 'only the first so many invoices of the file', positiveInteger)
    .option('--concurrency <calls>', 'orders that are being placed at a time', positiveInteger, 16)
    .addOption(backend)
    .option('--runs <count>', 'how often everything is measured', positiveInteger, 1)
    .option('--redis-url <url>', 'a Redis or Valkey to use, instead of one that is started')
    .option('--file <file>', 'the invoices', 'data/online-retail-sample.csv')
    .option('--folder <folder>', 'where the databases lie meanwhile', tmpdir())
    .option('--no-floor', 'leave out the floor')
    .addOption(jsonOption());
}

async function choose(flags: Flags, terminal: Terminal, parts: Closing): Promise<BenchOptions> {
  const folder = await mkdtemp(join(resolve(flags.folder), 'waybill-bench-'));
  parts.add(() => rm(folder, { recursive: true, force: true }));
  const tell = (line: string) => terminal.err(`${line}\n`);
  if (await isInMemory(folder)) {
    tell(`${flags.folder} is in memory, where fsync costs nothing: name a disk with --folder`);
  }
  const { limit, concurrency, runs, floor } = flags;
  const file = isAbsolute(flags.file) ? flags.file : join(PROJECT_ROOT, flags.file);
  return { file, limit, concurrency, runs, floor, folder, tell, ...queues(flags, tell) };
}

function queues(
  { backend, redisUrl }: Flags,
  tell: (line: string) => void,
): Pick<BenchOptions, 'backends' | 'redis'> {
  if (backend === 'postgres') return { backends: ['postgres'] };
  const program = redisProgram();
  const redis = redisUrl ? { url: redisUrl } : program && { program };
  if (redis) return { backends: backend === 'both' ? ['postgres', 'redis'] : ['redis'], redis };
  const mend = 'put redis-server on the PATH or give --redis-url';
  if (backend === 'redis') throw new Failure(`there is no Redis: ${mend}`);
  tell(`There is no Redis, so only PostgreSQL is measured: ${mend}`);
  return { backends: ['postgres'] };
}
