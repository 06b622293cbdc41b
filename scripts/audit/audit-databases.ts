import type { RunningDatabases } from '@waybill/deploy/running-databases.js';
import { queueBackend } from '@waybill/kernel/queue-backend.js';
import { UnreachableFailure } from '../command-line/failure.js';
import type { Progress } from '../command-line/progress.js';
import { type AuditOptions, auditBooks } from './audit-books.js';
import { openJobs } from './live-jobs.js';
import { openBooks } from './snapshots.js';

type Limits = Pick<AuditOptions, 'graceSeconds' | 'patienceMs' | 'named'>;

/** Audits the system that keeps its data there. Throws an UnreachableFailure where a database does not answer. */
export async function auditDatabases(
  { databaseUrls, redisUrl, queuesPrefix }: RunningDatabases,
  limits: Limits,
  progress: Progress,
) {
  const backend = { redisUrl, databaseUrl: databaseUrls.queues, prefix: queuesPrefix };
  const books = await openBooks(databaseUrls).catch(unreachable);
  const jobs = await openJobs(queueBackend({ ...backend, readOnly: true }));
  try {
    const total = await books.look(async ({ query }) =>
      query<{ count: number }>('orders', 'select count(*)::int as count from orders'),
    );
    const phase = progress.phase('orders', total[0]?.count ?? 0);
    const report = await auditBooks(books, {
      ...limits,
      orders: phase,
      liveJobs: () => jobs.orders().catch(unreachable),
    });
    phase.done();
    return report;
  } finally {
    await jobs.close();
    await books.close();
  }
}

/** An error of a connection carries no rule that was broken, only where it broke. */
function unreachable(error: Error): never {
  throw new UnreachableFailure(`a database cannot be read (${error.message}): is Waybill running?`);
}
