import { Client } from 'pg';
import type { Log } from './log.js';

/** Milliseconds until a connection that broke is tried again. */
const RETRY_MS = 1000;

export interface Notifications {
  close(): Promise<void>;
}

/**
 * Calls `heard` with the text of each NOTIFY on a channel of PostgreSQL, from when the promise resolves until closed. A
 * connection that breaks is opened again; what is notified meanwhile is missed, so that these are hints only.
 */
export async function listenTo(
  { url, channel, log }: { url: string; channel: string; log: Log },
  heard: (payload: string) => void,
): Promise<Notifications> {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let client = await connect();

  async function connect(): Promise<Client> {
    const next = new Client({ connectionString: url, keepAlive: true });
    next.on('error', (error) =>
      log.warn({ err: error, channel }, 'notifications were interrupted'),
    );
    try {
      await next.connect();
      next.on('notification', ({ payload }) => heard(payload ?? ''));
      await next.query(`listen ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      await next.end().catch(() => {});
      throw error;
    }
    next.on('end', later);
    return next;
  }

  function later(): void {
    if (!closed) timer = setTimeout(() => void again(), RETRY_MS);
  }

  async function again(): Promise<void> {
    try {
      client = await connect();
      if (closed) await client.end();
    } catch {
      later();
    }
  }

  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client.end();
    },
  };
}
