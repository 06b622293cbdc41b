import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { holdAccount } from '../accounts/hold-account.js';
import { AuditAction } from '../audit-log/audit-action.js';
import { recordAudit } from '../audit-log/record-audit.js';
import type { Accounts, UsersContext } from '../context.js';
import type { SessionPayload } from '../graphql/session.js';
import { toUser, type UserRow, userIds } from '../graphql/user.js';
import { cleanText } from '../input.js';
import { randomSecret, tokenHash } from '../secret-token.js';

/** A refresh token, and until when it can be used. */
export interface RefreshToken {
  sessionId: string;
  refreshToken: string;
  refreshExpiresAt: Date;
}

/** Logs somebody in who has proved who they are; undefined where the proof no longer holds (see holdAccount). */
export async function openSession(
  { accounts, address }: Pick<UsersContext, 'accounts' | 'address'>,
  user: UserRow,
  provedHash: string | null,
  device?: string | null,
): Promise<SessionPayload | undefined> {
  const { db, sessionTtlSeconds, sessionMaxSeconds } = accounts;
  const session = {
    userId: user.id,
    device: cleanText(device ?? '') ?? null,
    ttlSeconds: Math.min(sessionTtlSeconds, sessionMaxSeconds),
  };
  const opened = await db.transaction(async (query) => {
    if (!(await holdAccount(query, user.id, provedHash))) return undefined;
    await recordAudit(query, {
      actor: `user:${user.id}`,
      action: AuditAction.LOGGED_IN,
      subject: userIds.encode(user.id),
      address,
    });
    return insertSession(query, session);
  });
  return opened && sessionPayload(accounts, user, opened);
}

/** What whoever has just logged in or refreshed gets. */
export async function sessionPayload(
  { tokens }: Accounts,
  user: UserRow,
  { sessionId, refreshToken, refreshExpiresAt }: RefreshToken,
): Promise<SessionPayload> {
  const access = await tokens.issue({
    id: user.id,
    roles: user.roles,
    sessionId,
    realms: user.storefrontIds,
  });
  return {
    user: toUser(user),
    ...access,
    refreshToken,
    refreshExpiresAt,
    retryAt: null,
    userErrors: [],
  };
}

interface NewSession {
  userId: string;
  device: string | null;
  ttlSeconds: number;
}

async function insertSession(
  query: Query,
  { userId, device, ttlSeconds }: NewSession,
): Promise<RefreshToken> {
  const sessionId = newId();
  const refreshToken = randomSecret().toString('base64url');
  const [row] = await query<{ expiresAt: string }>(
    'sessions.open',
    `with session as (
       insert into sessions (id, user_id, secret, device, expires_at)
       values ($1, $2, $3, $4, now() + make_interval(secs => $5))
       returning expires_at
     ), token as (
       insert into refresh_tokens (hash, session_id) values ($6, $1)
     ) select expires_at as "expiresAt" from session`,
    [sessionId, userId, randomSecret(), device, ttlSeconds, tokenHash(refreshToken)],
  );
  return { sessionId, refreshToken, refreshExpiresAt: new Date(row?.expiresAt ?? 0) };
}
