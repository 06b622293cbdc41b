import type { Log } from '@waybill/kernel/log.js';
import type { OrdersDependencies } from '../dependencies.js';
import { PROJECTIONS, type ProjectedEvent, type Projection } from './projection.js';

interface Waiting extends ProjectedEvent {
  position: string;
  /** The one projection that it is for; null for all that want its type. */
  projection: string | null;
}

interface Dependencies extends Pick<OrdersDependencies, 'db' | 'commands'> {
  log: Pick<Log, 'warn' | 'error'>;
}

/**
 * Brings the read models up to date with at most `limit` events, the oldest first; how many it worked off. An order
 * that makes its batch fail is set aside with its later events, and tried again by itself after a while.
 */
export async function projectOrders(
  { db, commands, log }: Dependencies,
  { limit }: { limit: number },
): Promise<{ projected: number; setAside: number }> {
  const waiting = await db.query<Waiting>('projections.next', NEXT, [limit]);
  if (waiting.length === 0) return { projected: 0, setAside: 0 };
  await eachOf(waiting, (projection, own) => projection.prepare?.({ db, commands }, own));
  try {
    return { projected: await project(db, waiting), setAside: 0 };
  } catch (error) {
    log.warn({ err: error }, 'read models not updated; trying each order by itself');
    return projectApart(db, log, waiting);
  }
}

/** Orders that were set aside wait for their time, and all their events with them. */
const NEXT = `
  select position, order_id as "orderId", seq, type, projection from unprojected u
  where not exists (select from set_aside_orders s where s.order_id = u.order_id and s.retry_at > now())
  order by position limit $1`;

/** Whoever comes second waits for the rows, and then finds them gone: so each order's events keep their sequence. */
const TAKE = `
  with taken as (
    delete from unprojected where position in (
      select position from unprojected where position = any($1) order by position for update)
    returning position, order_id, seq, type, projection
  ), mended as (
    delete from set_aside_orders where order_id in (select order_id from taken)
  )
  select position, order_id as "orderId", seq, type, projection from taken`;

/** All of them or none, exactly once: they are gone when what follows from them is there. */
async function project(db: Dependencies['db'], waiting: Waiting[]): Promise<number> {
  return db.transaction(async (query) => {
    const positions = waiting.map(({ position }) => position);
    const taken = await query<Waiting>('projections.take', TAKE, [positions]);
    taken.sort((a, b) => Number(a.position) - Number(b.position));
    await eachOf(taken, ({ project }, own) => project(query, own));
    return taken.length;
  });
}

/** Each projection with those of the events that it is to be told of. */
async function eachOf(
  waiting: Waiting[],
  work: (projection: Projection, own: Waiting[]) => Promise<void> | undefined,
): Promise<void> {
  for (const each of PROJECTIONS) {
    const own = waiting.filter(({ projection, type }) =>
      projection === null ? each.events.includes(type) : projection === each.name,
    );
    if (own.length > 0) await work(each, own);
  }
}

async function projectApart(db: Dependencies['db'], log: Dependencies['log'], waiting: Waiting[]) {
  const done = { projected: 0, setAside: 0 };
  for (const [orderId, own] of Map.groupBy(waiting, (event) => event.orderId)) {
    try {
      done.projected += await project(db, own);
    } catch (error) {
      log.error(
        { err: error, order: orderId },
        'read models do not know what happened to an order',
      );
      await db.query('projections.set-aside', SET_ASIDE, [orderId, String(error)]);
      done.setAside += own.length;
    }
  }
  return done;
}

/** Again after 10 seconds, then twice as long each time, up to an hour. */
const SET_ASIDE = `
  insert into set_aside_orders as s (order_id, error, retry_at) values ($1, $2, now() + interval '10 seconds')
  on conflict (order_id) do update set error = excluded.error, attempts = s.attempts + 1,
    retry_at = now() + least(interval '10 seconds' * 2 ^ least(s.attempts, 20), interval '1 hour')`;
