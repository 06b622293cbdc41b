import { readdir, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { stopLeftover } from './embedded-postgres.js';
import { Fault } from './fault.js';
import { readFlags } from './flags.js';
import { PROJECT_ROOT } from './paths.js';
import { whoRuns } from './run-lock.js';
import { printFault } from './run-until-stopped.js';
import { environmentWith, readSettings } from './settings.js';

const HELP = `npm run reset [-- --yes]    deletes the embedded databases and everything else in .waybill
`;

/** What we put into the data folder: nothing else in it is touched. */
const OURS = [
  'postgres',
  'postgres.new',
  'postgres.password',
  'postgres.log',
  'secrets.json',
  'secrets.json.new',
  'running.json',
];

async function reset({ yes }: { yes: boolean }): Promise<string> {
  const settings = readSettings('start', environmentWith(join(PROJECT_ROOT, '.env')));
  const folder = resolve(PROJECT_ROOT, settings.WAYBILL_DATA);
  const found = await readdir(folder).catch((): string[] => []);
  const ours = OURS.filter((name) => found.includes(name));
  if (ours.length === 0) return `Nothing to delete in ${folder}`;
  const running = whoRuns(folder);
  if (running) throw new Fault(`Waybill is running (process ${running.pid}): stop it first`);
  if (!yes && !(await agreed(folder))) return 'Nothing was deleted';
  await stopLeftover(join(folder, 'postgres'));
  for (const name of ours) await rm(join(folder, name), { recursive: true, force: true });
  // Kept when it holds something that is not ours.
  await rmdir(folder).catch(() => {});
  return `Deleted ${folder}`;
}

async function agreed(folder: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Fault(
      'npm run reset asks before it deletes: npm run reset -- --yes where nobody answers',
    );
  }
  const dialog = createInterface({ input: process.stdin, output: process.stderr });
  const question = `Delete all orders, products and people in ${folder}? [y/N] `;
  const answer = await dialog.question(question).finally(() => dialog.close());
  return /^y(es)?$/i.test(answer.trim());
}

const { yes } = readFlags(HELP, ['yes']);
await reset({ yes }).then(console.log, (error) => {
  printFault(error);
  process.exitCode = 1;
});
