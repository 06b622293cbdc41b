import type { Query } from '@waybill/kernel/database.js';
import { actorOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { UsersContext } from '../context.js';
import type { AuditAction } from './audit-action.js';

/** Who did something. */
export interface Actor {
  /** `user:<uuid>`, `partner:<uuid>`, `service:<name>` or `anonymous`. */
  actor: string;
  /** Where the request came from. */
  address?: string | undefined;
}

/** Whoever asks, for the record. */
export function actorIn({ identity, address }: UsersContext): Actor {
  return { actor: actorOf(identity), address };
}

/** What happened, for the record. */
export interface AuditRecord extends Actor {
  action: AuditAction;
  /** Global id of what it was done to. */
  subject: string;
  /** What else is worth knowing, without secrets. */
  data?: Record<string, unknown>;
}

/**
 * Writes down what happened, for good: the database lets nobody change or delete it. Belongs into the transaction of
 * what it tells about, so that neither is there without the other.
 */
export async function recordAudit(query: Query, ...records: AuditRecord[]): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map((record) => ({ id: newId(), data: {}, ...record }));
  await query(
    'audit.record',
    `insert into audit_log (id, actor, action, subject, address, data)
     select id, actor, action, subject, address, data from jsonb_to_recordset($1::jsonb)
       as row (id uuid, actor text, action text, subject text, address text, data jsonb)`,
    [JSON.stringify(rows)],
  );
}
