import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Query } from '@waybill/kernel/database.js';
import type { RecordedAccessChange } from '@waybill/schema/access.js';

type Asked = { sinceSeconds: number | null };
type Found = { changes: RecordedAccessChange[] };

/** The command by which gateways learn of changes when they start, and of those that they may have missed. */
export function readAccessChanges(query: Query): BatchHandler<Asked, Found> {
  return (inputs) => Promise.all(inputs.map((input) => read(query, input)));
}

async function read(query: Query, { sinceSeconds }: Asked): Promise<Found> {
  const rows = await query<{ seq: string; change: RecordedAccessChange['change'] }>(
    'access.read',
    `select seq, change from access_changes
     where $1::float8 is null or changed_at > now() - make_interval(secs => $1)
     order by seq`,
    [sinceSeconds],
  );
  return { changes: rows.map(({ seq, change }) => ({ seq: Number(seq), change })) };
}

/** Longer than any token lives that is not our own. */
const DAY_SECONDS = 86_400;

/** The command that removes changes when no token is left that was issued before them; at most `limit` a call. */
export function forgetAccessChanges(
  query: Query,
  tokenTtlSeconds: number,
): BatchHandler<{ limit: number }, { forgotten: number }> {
  const keepSeconds = Math.max(DAY_SECONDS, tokenTtlSeconds);
  return (inputs) => Promise.all(inputs.map(({ limit }) => forget(query, keepSeconds, limit)));
}

async function forget(query: Query, keepSeconds: number, limit: number) {
  const [row] = await query<{ forgotten: number }>(
    'access.forget',
    `with forgotten as (
       delete from access_changes where seq in (
         select seq from access_changes where changed_at < now() - make_interval(secs => $1)
         order by changed_at limit $2 for update skip locked)
       returning 1
     ) select count(*)::int as forgotten from forgotten`,
    [keepSeconds, limit],
  );
  return { forgotten: row?.forgotten ?? 0 };
}
