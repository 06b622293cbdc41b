import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import type { Database } from './database.js';
import type { Log } from './log.js';

/** An event that waits to leave its database; `id` stays the same however often it is published. */
export interface OutboxEvent {
  id: string;
  type: string;
  subject: string;
  data: unknown;
  /** The trace that it goes on in, by W3C Trace Context; absent where nothing is traced. */
  traceparent?: string;
}

/** Part of each first migration. Rows live for milliseconds: written with a change, deleted when published. */
export const CREATE_OUTBOX = `
  create table outbox (
    position bigint generated always as identity primary key,
    id uuid not null,
    type text not null,
    subject uuid not null,
    data jsonb not null
  )`;

/** Part of each second migration. */
export const TRACE_OUTBOX = 'alter table outbox add column traceparent text';

/** Rows taken at once. */
const BATCH = 500;

/** Milliseconds between looks for rows whose writer died before it could publish them. */
const SWEEP_MS = 1000;

export interface OutboxRelay {
  /** Say that rows were committed; they are published at once. */
  wake(): void;
  start(): void;
  close(): Promise<void>;
}

/**
 * Moves committed events from the outbox to `publish`, in order, at least once: rows are deleted in the transaction
 * that publishes them, so a crash in between publishes them again and consumers tell by the event id.
 *
 * The process that writes a row wakes its own relay. There is no NOTIFY: it would serialize every commit of the
 * database, and the sweep finds what a dead process left behind.
 */
export function outboxRelay(
  db: Pick<Database, 'transaction'>,
  publish: (events: OutboxEvent[]) => Promise<void>,
  log: Log,
): OutboxRelay {
  let awake = false;
  let draining: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function drain(): Promise<void> {
    // A busy system wakes it all the time: closing must end it all the same.
    while (awake && timer) {
      awake = false;
      try {
        if ((await publishBatch(db, publish)) === BATCH) awake = true;
      } catch (error) {
        // Nothing is lost: the rows are still there, and the sweep comes back for them.
        log.error({ err: error }, 'outbox not published');
        break;
      }
    }
    draining = undefined;
    if (awake && timer) wake();
  }

  function wake(): void {
    awake = true;
    // Events of many traces leave together, so that this is part of none.
    if (timer) draining ??= context.with(ROOT_CONTEXT, drain);
  }

  return {
    wake,
    start: () => {
      timer ??= setInterval(wake, SWEEP_MS);
      wake();
    },
    close: async () => {
      clearInterval(timer);
      timer = undefined;
      await draining;
    },
  };
}

async function publishBatch(
  db: Pick<Database, 'transaction'>,
  publish: (events: OutboxEvent[]) => Promise<void>,
): Promise<number> {
  return db.transaction(async (query) => {
    const rows = await query<OutboxRow>(
      'outbox.take',
      `delete from outbox where position in (
         select position from outbox order by position limit $1 for update skip locked
       ) returning position, id, type, subject, data, traceparent`,
      [BATCH],
    );
    rows.sort((a, b) => Number(a.position) - Number(b.position));
    if (rows.length > 0) await publish(rows.map(eventOf));
    return rows.length;
  });
}

type OutboxRow = Omit<OutboxEvent, 'traceparent'> & {
  position: string;
  traceparent: string | null;
};

function eventOf({ id, type, subject, data, traceparent }: OutboxRow): OutboxEvent {
  return { id, type, subject, data, ...(traceparent && { traceparent }) };
}
