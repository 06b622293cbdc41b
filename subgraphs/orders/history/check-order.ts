import type { OrderStatus } from '../order.js';
import { PARTS_COLUMNS, STATE_COLUMNS } from '../order-rows.js';
import { findFlaw, type StoredEvent } from './chain.js';
import { type Changes, differences, type PastOrder, rebuild } from './rebuild.js';

/** An order as it stands, with its whole history: what HISTORIES answers. */
export interface OrderWithHistory extends PastOrder {
  historyHash: string | null;
  events: Array<Omit<StoredEvent, 'changes'> & { changes: Changes; toStatus: OrderStatus }>;
}

/**
 * Orders with their histories, all of one moment, for a read-only look at many: those after the id `$1`, at most `$2`
 * of them. For one order see ONE_HISTORY.
 */
export const HISTORIES = histories('where id > $1 order by id limit $2');

export const ONE_HISTORY = histories('where id = $1');

function histories(which: string): string {
  return `
    select ${STATE_COLUMNS}, shipping_address as "shippingAddress", history_hash as "historyHash", ${PARTS_COLUMNS},
      (select coalesce(json_agg(json_build_object('orderId', order_id, 'seq', seq, 'id', id, 'type', type,
          'fromStatus', from_status, 'toStatus', to_status, 'actor', actor, 'reason', reason, 'data', data,
          'changes', changes, 'at', at, 'hash', hash) order by seq), '[]')
       from order_events e where e.order_id = o.id) as events
    from (select * from orders ${which}) as o`;
}

/** What is wrong with an order's history: where, and what. */
export interface Fault {
  /** The first event that does not fit; null where all do, and yet tell another order than the one that is stored. */
  seq: number | null;
  message: string;
}

/** Whether the history is whole and unchanged, and tells the very order that is stored; undefined where it is. */
export function checkOrder({
  historyHash,
  events,
  ...stored
}: OrderWithHistory): Fault | undefined {
  const chained = events.map((event) => ({ ...event, at: new Date(event.at).toISOString() }));
  const flaw = findFlaw(chained, historyHash);
  if (flaw) return { seq: flaw.seq, message: `event ${flaw.seq} ${flaw.fault}` };
  // A draft is filled without events: they tell it from its placement on.
  if (!events.some(({ type }) => type === 'placed')) return undefined;
  const differing = differences(rebuild(events), stored);
  if (differing.length === 0) return undefined;
  return { seq: null, message: `its events tell other values: ${differing.join(', ')}` };
}
