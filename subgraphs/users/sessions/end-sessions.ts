import type { Query } from '@waybill/kernel/database.js';
import { recordAccessChange } from '../access/record-access-change.js';
import { AuditAction } from '../audit-log/audit-action.js';
import { recordAudit } from '../audit-log/record-audit.js';
import { userIds } from '../graphql/user.js';

export type EndReason = 'LOGGED_OUT' | 'REVOKED' | 'TOKEN_REUSED' | 'PASSWORD_CHANGED';

/** Which sessions: one, or all of a person, or all but the one that asks. */
export interface WhichSessions {
  userId: string;
  only?: string | undefined;
  except?: string | undefined;
}

/**
 * Ends sessions, and with them every access token of theirs; their ids. Those that have ended stay as they are.
 * `query` is to be that of a transaction.
 */
export async function endSessions(
  query: Query,
  { userId, only, except }: WhichSessions,
  reason: EndReason,
): Promise<string[]> {
  const ended = await query<{ id: string }>(
    'sessions.end',
    `update sessions set ended_at = now(), end_reason = $4
     where user_id = $1 and ended_at is null
       and ($2::uuid is null or id = $2) and ($3::uuid is null or id <> $3)
     returning id`,
    [userId, only ?? null, except ?? null, reason],
  );
  if (ended.length === 0) return [];
  const ids = ended.map(({ id }) => id);
  await recordAccessChange(
    query,
    ...ids.map((sessionId) => ({ kind: 'SESSION_ENDED' as const, sessionId })),
  );
  await recordAudit(query, {
    // Who came with an old token may have been anybody.
    actor: reason === 'TOKEN_REUSED' ? 'anonymous' : `user:${userId}`,
    action: AuditAction.SESSIONS_ENDED,
    subject: userIds.encode(userId),
    data: { reason, sessions: ids },
  });
  return ids;
}
