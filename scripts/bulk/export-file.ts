import { CreateBulkExportDocument } from '@waybill/schema/generated/graphql.js';
import type { Command } from 'commander';
import { request } from 'undici';
import { Failure } from '../command-line/failure.js';
import type { ExitCode, Terminal } from '../command-line/run-command.js';
import { staffCredentials } from '../staff.js';
import { openSession } from '../staff-session.js';
import { formatOf, kindOf } from './kind.js';

interface Options {
  url: string;
  storefront: string;
  location?: string;
  format: string;
}

/** Writes all products, prices or stock to stdout as they come. */
export async function exportFile(command: Command, terminal: Terminal): Promise<ExitCode> {
  const { url, storefront, location = null, format } = command.opts<Options>();
  const client = await openSession({ url }, staffCredentials());
  try {
    const kind = kindOf(command.args[0]);
    const input = { kind, format: formatOf(format), storefront, location };
    const { createBulkExport } = await client.run(CreateBulkExportDocument, { input });
    const { download, userErrors } = createBulkExport;
    if (!download) throw new Failure(userErrors.map(({ message }) => message).join(' '));
    await fetchInto(terminal, new URL(download.path, url));
    return 0;
  } finally {
    await client.close();
  }
}

async function fetchInto(terminal: Terminal, url: URL): Promise<void> {
  try {
    const { statusCode, body } = await request(url);
    if (statusCode !== 200) throw new Failure(`the file is answered ${statusCode}`);
    for await (const text of body.setEncoding('utf8')) terminal.out(text);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`the file broke off (${(error as Error).message})`);
  }
}
