import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * `npm run check`: everything a machine can say about the code without running it. The steps are processes of their
 * own, and this file imports nothing of ours, so that it can name a step that fails where the tree does not even compile.
 */
const ROOT = new URL('../../', import.meta.url);

const colors = process.stdout.isTTY ? 'force' : 'off';

const STEPS: ReadonlyArray<readonly [name: string, command: string, ...args: string[]]> = [
  ['format and lint', 'biome', 'ci', `--colors=${colors}`, '.'],
  ['types', 'tsc', '-b'],
  ['boundaries', 'node', 'scripts/dist/check/run.js', 'boundaries'],
  ['generated files', 'node', 'deploy/dist/generate/main.js', '--check'],
  ['schema rules', 'node', 'scripts/dist/check/run.js', 'schema'],
  ['breaking changes', 'node', 'scripts/dist/check/run.js', 'released'],
];

const HELP = `npm run check    one after the other: ${STEPS.map(([name]) => name).join(', ')}\n`;

readFlags();
const failed = STEPS.find(([name, command, ...args]) => !passes(name, command, args));
if (failed) {
  const rest = STEPS.slice(STEPS.indexOf(failed) + 1).map(([name]) => name);
  console.error(
    `\nCheck failed: ${failed[0]}.${rest.length ? ` Not run: ${rest.join(', ')}.` : ''}`,
  );
  process.exitCode = 1;
}

/** `--help` ends the process with 0, anything else with 2. */
function readFlags(): void {
  try {
    if (!parseArgs({ options: { help: { type: 'boolean' } } }).values.help) return;
    process.stdout.write(HELP);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${HELP}`);
    process.exit(2);
  }
}

function passes(name: string, command: string, args: readonly string[]): boolean {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const ok = status === 0;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(16)} ${seconds} s`);
  if (!ok) console.error(`\n${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}`.trimEnd());
  return ok;
}
