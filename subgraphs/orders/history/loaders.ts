import type { Database } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import { EVENT_COLUMNS, type EventColumns, eventRow } from '../read-events.js';
import type { OrderEventRow } from '../tables.js';
import { checkOrder, type Fault, ONE_HISTORY, type OrderWithHistory } from './check-order.js';
import { TOLD_TO_CUSTOMERS } from './timeline.js';

/** Look-ups in the histories of orders, by bare order id. */
export interface HistoryLoaders {
  /** The events that customers are told of. */
  milestones: DataLoader<string, OrderEventRow[]>;
  /** Who called the order off; null where nobody did. */
  calledOffBy: DataLoader<string, string | null>;
  /** What is wrong with its history; null where nothing is. */
  fault: DataLoader<string, Fault | null>;
}

const FRESH = { cache: false } as const;

export function historyLoaders({ query }: Pick<Database, 'query'>): HistoryLoaders {
  return {
    milestones: new DataLoader(async (ids) => {
      const rows = await query<EventColumns>(
        'history.milestones',
        `select ${EVENT_COLUMNS} from order_events e
         where order_id = any($1::uuid[]) and type = any($2::text[]) order by order_id, seq`,
        [ids, TOLD_TO_CUSTOMERS],
      );
      const byOrder = Map.groupBy(rows.map(eventRow), ({ orderId }) => orderId);
      return ids.map((id) => byOrder.get(id) ?? []);
    }, FRESH),
    calledOffBy: new DataLoader(async (ids) => {
      const rows = await query<{ orderId: string; actor: string }>(
        'history.called-off-by',
        `select order_id as "orderId", actor from order_events
         where order_id = any($1::uuid[]) and type = 'cancelling'`,
        [ids],
      );
      const actors = new Map(rows.map(({ orderId, actor }) => [orderId, actor]));
      return ids.map((id) => actors.get(id) ?? null);
    }, FRESH),
    // One statement each: a history may be long, and staff look at one order at a time.
    fault: new DataLoader((ids) => Promise.all(ids.map((id) => faultOf(query, id))), FRESH),
  };
}

async function faultOf(query: Database['query'], id: string): Promise<Fault | null> {
  const [order] = await query<OrderWithHistory>('history.whole', ONE_HISTORY, [id]);
  return (order && checkOrder(order)) ?? null;
}
