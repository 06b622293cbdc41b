import { auditBooks } from '@waybill/scripts/audit/audit-books.js';
import { type JobsAtWork, openJobs } from '@waybill/scripts/audit/live-jobs.js';
import { type Books, type OpenBooks, openBooks } from '@waybill/scripts/audit/snapshots.js';
import { expect, vi } from 'vitest';
import type { System } from './system.js';

/** Waits until everything that was committed was sent on, then audits all databases. */
export async function invariants(system: System): Promise<void> {
  const sent = async () => expect(await waiting(system)).toBe(0);
  await vi.waitFor(sent, { timeout: 5000, interval: 20 });
  expect(await violations(system)).toEqual([]);
}

/** Every line that the audit finds wrong, and what only a test can know of a system of its own. */
export async function violations(system: System): Promise<string[]> {
  const { books, jobs } = await opened(system);
  return [...(await auditLines(books, jobs)), ...(await unsentEvents(system))];
}

/** Each violation as `<invariant> <id>: <what>`. An order that does not move and has no job is lost at once. */
export async function auditLines(
  books: Books,
  jobs: Pick<JobsAtWork, 'orders'>,
  patienceMs = 300,
): Promise<string[]> {
  const { rules } = await auditBooks(books, {
    graceSeconds: 0,
    patienceMs,
    named: 5,
    liveJobs: jobs.orders,
  });
  return rules.flatMap(({ number, named }) =>
    named.map(({ id, what }) => `${number} ${id}: ${what}`),
  );
}

interface Opened {
  books: OpenBooks;
  jobs: JobsAtWork;
}

const open = new WeakMap<System, Opened>();

/** Connected once for each system, and as long as it is. */
async function opened(system: System): Promise<Opened> {
  const known = open.get(system);
  if (known) return known;
  const fresh = { books: await openBooks(system.urls), jobs: await openJobs(system.backend) };
  open.set(system, fresh);
  system.onClose(async () => {
    await fresh.books.close();
    await fresh.jobs.close();
  });
  return fresh;
}

async function waiting({ sql }: System): Promise<number> {
  const counts = await Promise.all(
    (['orders', 'payments'] as const).map((name) =>
      sql<{ rows: number }>(name, 'select count(*)::int as rows from outbox'),
    ),
  );
  return counts.flat().reduce((all, { rows }) => all + rows, 0);
}

/** No trace is left of an event that was sent, except with whoever sent it. */
async function unsentEvents({ sql, published }: System): Promise<string[]> {
  const sent = new Set(published.map(({ id }) => id));
  const events = await sql<{ id: string }>('orders', 'select id from order_events');
  return events.filter(({ id }) => !sent.has(id)).map(({ id }) => `7 event ${id}: was not sent`);
}
