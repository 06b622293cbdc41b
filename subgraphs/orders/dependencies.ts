import type { CommandClient } from '@waybill/kernel/commands.js';
import type { Database } from '@waybill/kernel/database.js';
import type { Live } from '@waybill/kernel/live.js';
import type { Commands } from '@waybill/schema/commands.js';
import type { LiveChange } from '@waybill/schema/events.js';
import type { Change, Changed } from './change-orders.js';
import type { NewOrder, OrderKey, Stored } from './insert-orders.js';
import type { CaptureOn } from './order.js';
import type { OrderReads } from './order-reads.js';
import type { Position } from './read-events.js';
import type { OrderEventRow } from './tables.js';
import type { CurrentWorkflows } from './workflows/read-workflows.js';

/** What the use cases of this context work with; made once, in index.ts. Calls made together share a round trip. */
export interface OrdersDependencies {
  db: Database;
  commands: {
    users: Pick<CommandClient<Commands['users']>, 'findCustomer'>;
    catalog: Pick<
      CommandClient<Commands['catalog']>,
      | 'quoteItem'
      | 'findQuote'
      | 'describeStorefront'
      | 'findHeld'
      | 'findLocation'
      | 'describeVariant'
      | 'recordQuotePlaced'
    >;
  };
  live: Live<LiveChange>;
  /** When the money of new orders is taken, where nobody says otherwise. */
  captureOn: CaptureOn;
  /** The workflows by which new orders go. */
  workflows: CurrentWorkflows;
  /** Undefined where its quote was placed before, under another key. */
  insertOrder(order: NewOrder): Promise<Stored | undefined>;
  findByKey(key: OrderKey): Promise<Stored | undefined>;
  /** Undefined where there is no such order. */
  changeOrder(change: Change): Promise<Changed | undefined>;
  /** Events of one order after a seq, oldest first, at most EVENTS_PER_READ. */
  eventsAfter(position: Position): Promise<OrderEventRow[]>;
  /** Reads that many requests share under load; whose an order is, they do not ask. */
  reads: OrderReads;
  /** Say that something was committed, so that the outbox is drained at once. */
  committed(): void;
}
