import type { DeadLetter } from '@waybill/deploy/dead-letters.js';
import { Command } from 'commander';
import { Failure } from './command-line/failure.js';
import { jsonOption, opsUrlOption } from './command-line/options.js';
import {
  type ExitCode,
  processTerminal,
  runCommand,
  type Terminal,
} from './command-line/run-command.js';
import { drawTable } from './command-line/table.js';

/** `npm run dead-letters`: jobs that have used up their attempts, and how to give them new ones. */
export function deadLetters(terminal: Terminal): Promise<ExitCode> {
  const command = new Command('dead-letters')
    .description(
      'Lists the jobs that have failed for good. With ids, or --all, gives them their attempts anew.',
    )
    .argument('[ids...]', 'jobs to retry')
    .option('--all', 'retry all that are listed')
    .addOption(jsonOption())
    .addOption(opsUrlOption());
  return runCommand(command, terminal, async () => {
    const { all, json, url } = command.opts<{ all?: boolean; json?: boolean; url: string }>();
    const letters = await ask<DeadLetter[]>(url, '/dead-letters');
    const ids = all ? letters.map(({ id }) => id) : command.args;
    if (ids.length > 0) return retry(url, ids, terminal, json);
    terminal.out(json ? `${JSON.stringify(letters)}\n` : show(letters));
    return 0;
  });
}

async function retry(
  url: string,
  ids: string[],
  terminal: Terminal,
  json: boolean | undefined,
): Promise<ExitCode> {
  const results: Array<{ id: string; retried: boolean }> = [];
  for (const id of ids) {
    const answer = await ask<{ retried?: string }>(url, `/dead-letters/${id}/retry`, 'POST');
    results.push({ id, retried: answer.retried !== undefined });
  }
  const lines = results.map(
    ({ id, retried }) => `${id} ${retried ? 'is retried' : 'is no dead letter'}\n`,
  );
  terminal.out(json ? `${JSON.stringify(results)}\n` : lines.join(''));
  return results.every(({ retried }) => retried) ? 0 : 1;
}

function show(letters: DeadLetter[]): string {
  if (letters.length === 0) return 'There are no dead letters.\n';
  const rows = letters.map(({ id, name, orderId, attempts, failedAt, reason }) => [
    id,
    name,
    orderId,
    attempts,
    failedAt,
    reason,
  ]);
  const head = ['job', 'event', 'order', 'attempts', 'failed at', 'reason'];
  return `${drawTable(head, [rows])}\n`;
}

async function ask<Answer>(url: string, path: string, method = 'GET'): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(new URL(path, url), { method, headers }).catch(() => {
    throw new Failure(`nothing answers at ${url}: run npm start first`);
  });
  if (response.status < 500 && response.headers.get('content-type') === 'application/json') {
    return (await response.json()) as Answer;
  }
  throw new Failure(`what answers at ${url} are not Waybill's pages for operators`);
}

if (import.meta.main) process.exitCode = await deadLetters(processTerminal());
