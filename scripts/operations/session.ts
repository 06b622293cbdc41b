import type { Command } from 'commander';
import { Client } from '../client.js';
import { staffCredentials } from '../staff.js';
import { openSession } from '../staff-session.js';

export interface Given {
  url: string;
  partner?: string;
  json?: boolean;
}

/** Asks as the partner whose key is in WAYBILL_API_KEY, or as staff. */
export async function asking<Result>(
  command: Command,
  ask: (client: Client, given: Given) => Promise<Result>,
): Promise<Result> {
  const given = command.opts<Given>();
  const { url } = given;
  const key = process.env.WAYBILL_API_KEY;
  const client = key
    ? new Client({ url, token: async () => key })
    : await openSession({ url }, staffCredentials());
  try {
    return await ask(client, given);
  } finally {
    await client.close();
  }
}
