import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endWithUs } from '@waybill/deploy/children.js';
import { PROJECT_ROOT } from '@waybill/deploy/paths.js';
import { Failure } from '@waybill/scripts/command-line/failure.js';
import { ending } from '../servers/child.js';

/** Programs that are installed when they are measured first: nobody else needs their hundreds of packages. */
const FOREIGN = ['hive', 'mercurius', 'vendure'] as const;

export type Foreign = (typeof FOREIGN)[number];

export function isForeign(script: string): script is Foreign {
  return (FOREIGN as readonly string[]).includes(script);
}

/** A program of somebody else's, beside the packages it needs. */
export function programOf(foreign: Foreign, name = 'gateway'): string {
  return join(folderOf(foreign), `${name}.mjs`);
}

/** Installs what the program's own lockfile names, unless it is there. */
export async function install(foreign: Foreign, tell: (line: string) => void): Promise<void> {
  const folder = folderOf(foreign);
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  // Written last: what npm left unfinished is without it.
  const stamp = join(folder, 'node_modules', '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  tell(`Installing ${foreign}, this once`);
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--loglevel=error'], {
    cwd: folder,
    env: withoutNpm(process.env),
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  endWithUs(npm, { signal: 'SIGTERM', droppable: true });
  let said = '';
  npm.stderr.on('data', (text) => (said += text));
  await ending(npm);
  if (npm.exitCode === 0) return writeFileSync(stamp, lock);
  throw new Failure(`${foreign} cannot be installed; --only can leave it out:\n${said.trim()}`);
}

function folderOf(foreign: Foreign): string {
  return join(PROJECT_ROOT, 'bench', 'contenders', foreign);
}

/** What the npm that started us has set is about the project's own folder. */
function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_/i.test(name)));
}
