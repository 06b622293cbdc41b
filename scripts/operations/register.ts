import { readFileSync } from 'node:fs';
import {
  CheckOperationsDocument,
  type CheckOperationsQuery,
  RegisterOperationsDocument,
} from '@waybill/schema/generated/graphql.js';
import type { Command } from 'commander';
import { UsageFailure } from '../command-line/failure.js';
import type { ExitCode, Terminal } from '../command-line/run-command.js';
import { asking } from './session.js';

type Report = CheckOperationsQuery['checkOperations'];

/** What registering a manifest would report. */
export async function check(command: Command, terminal: Terminal): Promise<ExitCode> {
  const manifest = readManifest(command.args[0] ?? '');
  const { checkOperations: report } = await asking(command, (client, { partner = null }) =>
    client.run(CheckOperationsDocument, { manifest, partnerId: partner }),
  );
  return tell(command, terminal, { report, refusals: [] });
}

/** Registers a manifest; asked again, it does nothing new. */
export async function register(command: Command, terminal: Terminal): Promise<ExitCode> {
  const manifest = readManifest(command.args[0] ?? '');
  const { registerOperations } = await asking(command, (client, { partner = null }) =>
    client.run(RegisterOperationsDocument, { input: { manifest, partnerId: partner } }),
  );
  const { report, userErrors } = registerOperations;
  return tell(command, terminal, { report, refusals: userErrors.map(({ message }) => message) });
}

function readManifest(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageFailure(`${file}: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
}

function tell(
  command: Command,
  terminal: Terminal,
  { report, refusals }: { report: Report; refusals: string[] },
): ExitCode {
  const wrong = report.filter(({ problems }) => problems.length > 0);
  if (command.opts().json) {
    terminal.out(`${JSON.stringify({ operations: report, refusals })}\n`);
  } else {
    terminal.out(report.map(lines).join(''));
    for (const refusal of refusals) terminal.err(`${refusal}\n`);
  }
  return wrong.length > 0 || refusals.length > 0 ? 1 : 0;
}

function lines({ operationId, name, kind, cost, problems }: Report[number]): string {
  const mark = problems.length > 0 ? '✗' : '✓';
  const what = [kind?.toLowerCase(), name, cost === null ? undefined : `costs ${cost}`];
  const head = `${mark} ${operationId} ${what.filter(Boolean).join(' ')}\n`;
  return head + problems.map(({ code, message }) => `    ${code}: ${message}\n`).join('');
}
