import type { Database } from '@waybill/kernel/database.js';
import type { OrderEventRow } from './tables.js';

/** Events read at once for one order. */
export const EVENTS_PER_READ = 101;

export interface Position {
  orderId: string;
  /** The last seq already seen; 0 for none. */
  seq: number;
  limit?: number;
}

/** For each position the events that follow it, oldest first, all in one statement. */
export async function eventsAfter(db: Database, positions: Position[]): Promise<OrderEventRow[][]> {
  const rows = await db.query<EventColumns & { i: string }>(
    'events.after',
    `select ${EVENT_COLUMNS}, p.i
     from unnest($1::uuid[], $2::int[], $3::int[]) with ordinality as p(order_id, seq, most, i), lateral (
       select * from order_events where order_id = p.order_id and seq > p.seq order by seq limit p.most) e
     order by p.i, e.seq`,
    [
      positions.map((position) => position.orderId),
      positions.map((position) => position.seq),
      positions.map((position) => position.limit ?? EVENTS_PER_READ),
    ],
  );
  const found: OrderEventRow[][] = positions.map(() => []);
  for (const row of rows) found[Number(row.i) - 1]?.push(eventRow(row));
  return found;
}

/** The columns of an event `e`. */
export const EVENT_COLUMNS =
  'e.order_id, e.seq, e.id, e.type, e.from_status, e.to_status, e.actor, e.reason, e.data, e.changes, e.at, e.hash';

export interface EventColumns {
  order_id: string;
  seq: number;
  id: string;
  type: string;
  from_status: OrderEventRow['fromStatus'];
  to_status: OrderEventRow['toStatus'];
  actor: string;
  reason: string | null;
  data: Record<string, unknown>;
  changes: OrderEventRow['changes'];
  at: string;
  hash: string;
}

export function eventRow(row: EventColumns): OrderEventRow {
  return {
    orderId: row.order_id,
    seq: row.seq,
    id: row.id,
    type: row.type,
    fromStatus: row.from_status,
    toStatus: row.to_status,
    actor: row.actor,
    reason: row.reason,
    data: row.data,
    changes: row.changes,
    at: new Date(row.at),
    hash: row.hash,
  };
}
