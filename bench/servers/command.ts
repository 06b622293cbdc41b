import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { endWithUs } from '@waybill/deploy/children.js';
import { PROJECT_ROOT } from '@waybill/deploy/paths.js';
import { Failure } from '@waybill/scripts/command-line/failure.js';
import { ending } from './child.js';

export interface RunningCommand<Result> {
  pid: number;
  /** What it printed as `--json`. Throws a Failure where it printed nothing. */
  result: Promise<Result>;
  /** Ends it at once; harmless when it has ended. */
  stop(): void;
}

/** Runs what `npm run <name>` runs, as a user would, and reads its `--json`; `onLine` hears its progress and its errors. */
export function runScript<Result>(
  name: 'import' | 'replay',
  parameters: string[],
  onLine: (line: string) => void,
): RunningCommand<Result> {
  const script = join(PROJECT_ROOT, 'scripts', 'dist', `${name}.js`);
  const child = spawn(process.execPath, [script, ...parameters, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  endWithUs(child, { signal: 'SIGKILL', droppable: true });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  createInterface({ input: child.stderr }).on('line', onLine);
  const result = ending(child).then(() => {
    if (!said.startsWith('{')) throw new Failure(`npm run ${name} failed`);
    return JSON.parse(said) as Result;
  });
  // Whoever waits hears of it; after stop() nobody does.
  result.catch(() => {});
  return { pid: child.pid ?? 0, result, stop: () => void child.kill('SIGKILL') };
}
