import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ApplyBulkImportDocument,
  BulkImportFindingsDocument,
  CreateBulkImportDocument,
} from '@waybill/schema/generated/graphql.js';
import type { Command } from 'commander';
import { request } from 'undici';
import type { Client } from '../client.js';
import { Failure, UsageFailure } from '../command-line/failure.js';
import type { Phase, Progress } from '../command-line/progress.js';
import type { ExitCode, Terminal } from '../command-line/run-command.js';
import { staffCredentials } from '../staff.js';
import { openSession } from '../staff-session.js';
import { formatOf, kindOf } from './kind.js';
import { type Findings, showFindings } from './show-findings.js';

interface Options {
  url: string;
  storefront: string;
  location: string;
  note?: string;
  format?: string;
  dryRun?: boolean;
  skipWrong?: boolean;
  again?: boolean;
  json?: boolean;
}

/** Lines that are fetched to be shown. */
const SHOWN = 100;

/** Sends a file, shows what it changes, and has it changed unless something is wrong. */
export async function importFile(
  command: Command,
  terminal: Terminal,
  progress: Progress,
): Promise<ExitCode> {
  const [kind, file = ''] = command.args;
  const options = command.opts<Options>();
  const size = await sizeOf(file);
  const client = await openSession({ url: options.url }, staffCredentials());
  try {
    const { id, path } = await create(client, kind, file, options);
    await send(file, size, new URL(path, options.url), progress);
    const findings = await read(client, id);
    const outcome = await decide(client, findings, options, terminal);
    if (options.json) terminal.out(`${JSON.stringify({ ...findings, ...outcome }, null, 2)}\n`);
    else terminal.out(showFindings(file, findings, outcome.refusals, outcome.applied));
    return outcome.wrong ? 1 : 0;
  } finally {
    await client.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    throw new UsageFailure(`${file}: there is no such file`);
  }
}

async function create(client: Client, kind: string | undefined, file: string, options: Options) {
  const { storefront, location, note = null, format = extname(file).slice(1) } = options;
  const input = { kind: kindOf(kind), format: formatOf(format), storefront, location, note };
  const { createBulkImport } = await client.run(CreateBulkImportDocument, { input });
  const { bulkImport, upload, userErrors } = createBulkImport;
  if (bulkImport && upload) return { id: bulkImport.id, path: upload.path };
  throw new Failure(userErrors.map(({ message }) => message).join(' '));
}

/** 415 and 422: it was read, and the import says what is wrong. */
const TAKEN = [200, 415, 422];

async function send(file: string, size: number, url: URL, progress: Progress): Promise<void> {
  const phase = progress.phase('bytes sent', size);
  const body = Readable.from(bytesOf(file, phase), { objectMode: false });
  const answer = await request(url, { method: 'PUT', body }).catch((error) => {
    throw new Failure(`the file could not be sent (${error.message})`);
  });
  const text = await answer.body.text();
  phase.done();
  if (TAKEN.includes(answer.statusCode)) return;
  throw new Failure(`the file is answered ${answer.statusCode} ${text}`);
}

async function* bytesOf(file: string, phase: Phase): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(file)) {
    phase.advance(chunk.length);
    yield chunk;
  }
}

async function read(client: Client, id: string): Promise<Findings> {
  const { bulkImport } = await client.run(BulkImportFindingsDocument, { id, first: SHOWN });
  if (!bulkImport) throw new Failure('the import is gone');
  return bulkImport;
}

interface Outcome {
  applied: boolean;
  /** Why it was not applied, where it should have been. */
  refusals: string[];
  wrong: boolean;
}

async function decide(
  client: Client,
  { id, status, totals }: Findings,
  { dryRun = false, skipWrong = false, again = false }: Options,
  terminal: Terminal,
): Promise<Outcome> {
  const isUnfit = status === 'FAILED' || ((totals?.wrong ?? 0) > 0 && !skipWrong);
  if (dryRun || isUnfit) return { applied: false, refusals: [], wrong: isUnfit };
  const refusals = await apply(client, { id, skipWrong, again }, terminal);
  return { applied: refusals.length === 0, refusals, wrong: refusals.length > 0 };
}

const PAUSE_MS = 1000;

/** Why it was not applied. Where that takes long it is looked at until it is done, and asked for once more. */
async function apply(
  client: Client,
  input: { id: string; skipWrong: boolean; again: boolean },
  terminal: Terminal,
): Promise<string[]> {
  for (;;) {
    terminal.err('applying it\n');
    const { applyBulkImport } = await client.run(ApplyBulkImportDocument, { input });
    const { bulkImport, userErrors } = applyBulkImport;
    if (bulkImport?.status !== 'WORKING') return userErrors.map(({ message }) => message);
    while ((await read(client, input.id)).status === 'WORKING') await delay(PAUSE_MS);
  }
}
