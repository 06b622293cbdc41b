import { createHash } from 'node:crypto';
import type { Query } from '@waybill/kernel/database.js';
import { networkOf } from '@waybill/kernel/network.js';

/** `burst` attempts at once, and then one more each `refillSeconds`; counted in the database, for all processes. */
export interface Throttle {
  key: string;
  burst: number;
  refillSeconds: number;
}

/** An account by the email that was given, whether or not there is one: its throttle tells nobody. */
export function accountThrottle(
  what: string,
  email: string,
  limits: Pick<Throttle, 'burst' | 'refillSeconds'>,
): Throttle {
  const hash = createHash('sha256').update(email).digest('base64url');
  return { key: `${what}:account:${hash}`, ...limits };
}

/** An address, or the network that a subscriber has; none where the address is not known. */
export function addressThrottles(
  what: string,
  address: string | undefined,
  limits: Pick<Throttle, 'burst' | 'refillSeconds'>,
): Throttle[] {
  return address ? [{ key: `${what}:address:${networkOf(address)}`, ...limits }] : [];
}

/** When the next attempt may be made; undefined where that is now. */
export async function closedUntil(query: Query, throttles: Throttle[]): Promise<Date | undefined> {
  const [row] = await query<{ until: string | null }>(
    'throttles.closed',
    `select max(until) as until from (
       select free_at - make_interval(secs => allowed.secs) as until
       from unnest($1::text[], $2::float8[]) as allowed (key, secs) join throttles using (key)
     ) closed where until > clock_timestamp()`,
    [throttles.map(({ key }) => key), throttles.map(lastOfBurst)],
  );
  return row?.until ? new Date(row.until) : undefined;
}

/**
 * Counts one attempt; of many at once each for itself. When to try again, where it was one too many: whatever came of
 * the attempt is not to be told then.
 */
export async function countAttempt(query: Query, throttles: Throttle[]): Promise<Date | undefined> {
  let counted = true;
  for (const throttle of throttles) counted = (await countOne(query, throttle)) && counted;
  return counted ? undefined : closedUntil(query, throttles);
}

/** The attempts made so far no longer count. */
export async function forgive(query: Query, { key }: Throttle): Promise<void> {
  await query('throttles.forgive', 'delete from throttles where key = $1', [key]);
}

async function countOne(query: Query, throttle: Throttle): Promise<boolean> {
  const counted = await query(
    'throttles.count',
    `insert into throttles (key, free_at) values ($1, clock_timestamp() + make_interval(secs => $2))
     on conflict (key) do update
       set free_at = greatest(throttles.free_at, clock_timestamp()) + make_interval(secs => $2)
       where throttles.free_at <= clock_timestamp() + make_interval(secs => $3)
     returning key`,
    [throttle.key, throttle.refillSeconds, lastOfBurst(throttle)],
  );
  return counted.length > 0;
}

/** Seconds before `free_at` from which on there is room for one more. */
function lastOfBurst({ burst, refillSeconds }: Throttle): number {
  return (burst - 1) * refillSeconds;
}
