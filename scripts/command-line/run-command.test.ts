import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { Failure, UsageFailure } from './failure.js';
import { positiveInteger, urlOption } from './options.js';
import { runCommand } from './run-command.js';
import { testTerminal } from './testing.js';

function command(): Command {
  return new Command('try')
    .argument('<file>')
    .option('--limit <n>', 'how many', positiveInteger)
    .addOption(urlOption());
}

async function run(action: () => Promise<0 | 1>, ...argv: string[]) {
  const terminal = testTerminal(...argv);
  const exitCode = await runCommand(command(), terminal, action);
  return { exitCode, stdout: terminal.stdout, stderr: terminal.stderr };
}

const succeed = async () => 0 as const;

describe('runCommand', () => {
  it('ends with the exit code of the action', async () => {
    expect(await run(succeed, 'file')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await run(async () => 1, 'file')).toMatchObject({ exitCode: 1 });
  });

  it('prints help on stdout', async () => {
    const { exitCode, stdout, stderr } = await run(succeed, '--help');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: try [options] <file>');
  });

  it.each([
    [[], "missing required argument 'file'"],
    [['file', '--bogus'], "unknown option '--bogus'"],
    [['file', 'another'], 'too many arguments'],
    [['file', '--limit', '0'], 'It must be a whole number from 1.'],
    [['file', '--limit', '1e3'], 'It must be a whole number from 1.'],
    [['file', '--url', 'localhost:4000'], 'It must begin with http:// or https://.'],
  ])('refuses %j with exit code 2', async (argv, message) => {
    const { exitCode, stdout, stderr } = await run(succeed, ...argv);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('shows a failure as one line on stderr', async () => {
    const fail = (error: Error) => () => Promise.reject(error);
    expect(await run(fail(new Failure('the sea is rough')), 'file')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'error: the sea is rough\n',
    });
    expect(await run(fail(new UsageFailure('no such ship')), 'file')).toMatchObject({
      exitCode: 2,
      stderr: 'error: no such ship\n',
    });
  });

  it('shows where a surprise comes from', async () => {
    const { exitCode, stderr } = await run(() => Promise.reject(new Error('a bug')), 'file');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/a bug\n\s+at /);
  });
});
