import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Closing } from '@waybill/deploy/closing.js';
import { jsonOption, positiveInteger } from '@waybill/scripts/command-line/options.js';
import type { ExitCode, Terminal } from '@waybill/scripts/command-line/run-command.js';
import { Command, InvalidArgumentError, Option } from 'commander';
import { runMeasurement } from '../run-measurement.js';
import { measureShops } from './measure.js';
import { SHOPS, type ShopName } from './questions.js';
import { showReport } from './report.js';

interface Flags {
  rounds: number;
  seconds: number;
  concurrency: number;
  products: number;
  orders: number;
  only: readonly ShopName[];
  folder?: string;
}

/** `npm run bench:shop`: lists, searches and orders, next to Vendure. */
export function shopCommand(terminal: Terminal, parts: Closing): Promise<ExitCode> {
  return runMeasurement(options(), terminal, parts, {
    measure: async (flags: Flags, tell) => {
      const folder = flags.folder ? resolve(flags.folder) : await passingFolder(parts);
      const measured = await measureShops({ ...flags, folder, tell }, parts);
      return { ...flags, ...measured };
    },
    show: showReport,
  });
}

async function passingFolder(parts: Closing): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  parts.add(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function options(): Command {
  return new Command('bench:shop')
    .description(
      'Measures what a shop asks for most, in Vendure and in Waybill in turns, on one PostgreSQL with the same products and\n' +
        'orders. Starts all it needs, and takes all of it away again.',
    )
    .option('--rounds <count>', 'how often everything is measured', positiveInteger, 3)
    .option('--seconds <seconds>', 'how long each measurement takes', positiveInteger, 5)
    .option('--concurrency <requests>', 'requests on their way at a time', positiveInteger, 16)
    .option('--products <count>', 'in both catalogs, four variants each', productCount, 4_000)
    .option('--orders <count>', 'in both systems', positiveInteger, 1_000)
    .option('--folder <folder>', 'keep what was filled there, and use it again')
    .addOption(onlyOption())
    .addOption(jsonOption());
}

/** As many different titles as there are. */
const MOST_PRODUCTS = 4_000;

function productCount(text: string): number {
  const count = positiveInteger(text);
  if (count <= MOST_PRODUCTS) return count;
  throw new InvalidArgumentError(`There are titles for ${MOST_PRODUCTS} products only.`);
}

function onlyOption(): Option {
  return new Option('--only <names>', `some of ${SHOPS.join(', ')}`)
    .default(SHOPS, 'all')
    .argParser((text) => text.split(',').map(shopName));
}

function shopName(text: string): ShopName {
  const name = SHOPS.find((each) => each === text.trim());
  if (name) return name;
  throw new InvalidArgumentError(`There is no ${text}: choose from ${SHOPS.join(', ')}.`);
}
