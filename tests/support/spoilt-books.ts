import {
  AUDITED,
  type AuditedDatabase,
  type Books,
  readThrough,
} from '@waybill/scripts/audit/snapshots.js';
import pg from 'pg';

export interface SpoiltBooks extends Books {
  /** Undoes it, and disconnects. */
  restore(): Promise<void>;
}

/**
 * The books of a system as a fault would leave them: the statements are carried out in a transaction that only this
 * reader sees and that is never committed. Guards of the tables may be dropped in it first.
 */
export async function spoilt(
  urls: Record<AuditedDatabase, string>,
  faults: Partial<Record<AuditedDatabase, string>>,
): Promise<SpoiltBooks> {
  const clients = {} as Record<AuditedDatabase, pg.Client>;
  for (const name of AUDITED) {
    const client = new pg.Client(urls[name]);
    clients[name] = client;
    await client.connect();
    await client.query('begin');
    await client.query(faults[name] ?? '');
  }
  const snapshots = readThrough(clients);
  return {
    look: (work) => work(snapshots),
    restore: async () => void (await Promise.all(Object.values(clients).map((each) => each.end()))),
  };
}
