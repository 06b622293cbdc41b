import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROJECT_ROOT } from '@waybill/deploy/paths.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-commands-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A command as npm would start it, with everything it writes going into pipes. */
async function run(file: string, ...args: string[]) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [join(PROJECT_ROOT, file), ...args], {
    cwd: PROJECT_ROOT,
    // A build server, on which some libraries would write colours into a pipe; one setting is wrong.
    env: { PATH, HOME, CI: '1', WAYBILL_DATA: folder, OPS_PORT: 'x' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [exitCode, stdout, stderr] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ]);
  expect(stdout + stderr).not.toContain('\u001b');
  return { exitCode, stdout, stderr };
}

const NOBODY = ['--url', 'http://127.0.0.1:9'];
const UNREACHED = /^error: nothing answers at http:\/\/127\.0\.0\.1:9: run npm start first\n$/;
const NO_FILE = /^error: nowhere\.csv: there is no such file\n$/;
const BAD_SETTING = /^OPS_PORT .+\n$/;

interface Wrong {
  args: readonly string[];
  exitCode: number;
  said: RegExp;
}

interface Case {
  file: string;
  /** What its help names. */
  named: readonly string[];
  wrong?: Wrong;
}

const COMMANDS: readonly Case[] = [
  {
    file: 'scripts/dist/import.js',
    named: ['<file>', '--url', '--json'],
    wrong: { args: ['nowhere.csv'], exitCode: 2, said: NO_FILE },
  },
  {
    file: 'scripts/dist/replay.js',
    named: ['<file>', '--limit', '--concurrency', '--url', '--json'],
    wrong: { args: ['nowhere.csv'], exitCode: 2, said: NO_FILE },
  },
  {
    file: 'scripts/dist/demo.js',
    named: ['--url'],
    wrong: { args: NOBODY, exitCode: 1, said: UNREACHED },
  },
  {
    file: 'scripts/dist/dead-letters.js',
    named: ['[ids...]', '--all', '--url', '--json'],
    wrong: { args: NOBODY, exitCode: 1, said: UNREACHED },
  },
  {
    file: 'scripts/dist/operations.js',
    named: [
      'check',
      'register',
      'list',
      'approve',
      'reject',
      'retire',
      'export',
      'WAYBILL_API_KEY',
    ],
    wrong: {
      args: ['check', 'nowhere.json'],
      exitCode: 2,
      said: /^error: nowhere\.json: there is no such file\n$/,
    },
  },
  {
    file: 'scripts/dist/audit.js',
    named: ['--grace', '--patience', '--named', '--json', 'Exit codes'],
    wrong: { args: [], exitCode: 1, said: /^error: OPS_PORT .+\n$/ },
  },
  {
    file: 'scripts/dist/faults.js',
    named: ['--orders', '--seconds', '--settle', '--seed', '--only', '--without', '--json'],
    wrong: { args: ['--only', 'flood'], exitCode: 2, said: /^error: option '--only <faults...>'/ },
  },
  {
    file: 'scripts/dist/gateway.js',
    named: ['--supergraph', '--subgraph', '--open', '--jwks', '--operations', '--port'],
    wrong: {
      args: ['--supergraph', 'nowhere.graphql'],
      exitCode: 2,
      said: /^error: it is not said who may ask/,
    },
  },
  {
    file: 'deploy/dist/reset.js',
    named: ['--yes'],
    wrong: { args: ['--yes'], exitCode: 1, said: BAD_SETTING },
  },
  {
    file: 'deploy/dist/doctor.js',
    named: ['--json'],
    // What it finds is its result, and goes to stdout.
    wrong: { args: [], exitCode: 1, said: /^$/ },
  },
  {
    file: 'deploy/dist/start.js',
    named: ['npm start', 'npm run start:distributed', '.env'],
    wrong: { args: [], exitCode: 1, said: BAD_SETTING },
  },
  { file: 'deploy/dist/generate/main.js', named: ['--check'] },
  { file: 'scripts/dist/release-schema.js', named: ['schema/released'] },
  { file: 'scripts/check/main.ts', named: ['npm run check'] },
  {
    file: 'bench/dist/orders.js',
    named: ['--limit', '--concurrency', '--backend', '--runs', '--no-floor', '--json'],
    wrong: {
      args: ['--backend', 'sqlite'],
      exitCode: 2,
      said: /^error: option '--backend <name>'/,
    },
  },
  {
    file: 'bench/dist/gateway.js',
    named: ['--rounds', '--seconds', '--concurrency', '--only', '--json'],
    wrong: {
      args: ['--only', 'nobody'],
      exitCode: 2,
      said: /There is no nobody: choose from stock/,
    },
  },
  { file: 'bench/dist/lists.js', named: ['--orders', '--folder', '--json'] },
];

describe.each(COMMANDS)('$file', ({ file, named, wrong }) => {
  it('tells with --help how it is called', async () => {
    const { exitCode, stdout, stderr } = await run(file, '--help');
    expect([exitCode, stderr]).toEqual([0, '']);
    for (const name of named) expect(stdout).toContain(name);
  });

  it('ends with 2 on an option that it does not know', async () => {
    const { exitCode, stdout, stderr } = await run(file, '--no-such-option');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/unknown option '--no-such-option'/i);
  });

  if (!wrong) return;
  it('says plainly on stderr what is wrong', async () => {
    const { exitCode, stderr } = await run(file, ...wrong.args);
    expect(exitCode).toBe(wrong.exitCode);
    expect(stderr).toMatch(wrong.said);
  });
});
