import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import type { Accounts, UsersContext } from '../context.js';
import { UsersErrorCode } from '../graphql/errors.js';
import { noSession, SessionPayload } from '../graphql/session.js';
import { usersById } from '../loaders.js';
import { OwnAccounts } from '../own-accounts.js';
import { tokenHash } from '../secret-token.js';
import { endSessions } from './end-sessions.js';
import { type RefreshToken, sessionPayload } from './open-session.js';
import { successorOf } from './successor.js';

/** Seconds in which a token that was just used answers its successor once more: tabs race, and answers get lost. */
const GRACE_SECONDS = 10;

@InputType({ description: 'A session that shall go on.' })
class RefreshSessionInput {
  @Field(() => String, {
    description: 'The newest refresh token of the session. It works once; the answer has the next.',
  })
  refreshToken: string;
}

@Resolver()
export class RefreshSessionMutation {
  @OwnAccounts()
  @Access('ANYONE')
  @Mutation(() => SessionPayload, {
    description:
      'Answers a new access token and the next refresh token. A refresh token that comes a second time was stolen: ' +
      'then the whole session ends. The token is its own key, so this takes no `idempotencyKey`: asked again within ' +
      '10 seconds it answers the same next token.',
  })
  async refreshSession(
    @Arg('input', () => RefreshSessionInput, { description: 'Which session.' })
    input: RefreshSessionInput,
    @Ctx() ctx: UsersContext,
  ): Promise<SessionPayload> {
    return refreshSession(ctx.accounts, input.refreshToken);
  }
}

async function refreshSession(accounts: Accounts, token: string): Promise<SessionPayload> {
  const refreshed = await accounts.db.transaction((query) => rotate(query, token, accounts));
  if (!refreshed) return noSession([sessionEnded()]);
  const user = (await usersById(accounts.db.query, [refreshed.userId])).get(refreshed.userId);
  return user ? sessionPayload(accounts, user, refreshed) : noSession([sessionEnded()]);
}

/** The same for every reason, so that a thief learns nothing. */
function sessionEnded() {
  const message = 'This session has ended: log in again.';
  return userError(UsersErrorCode.SESSION_ENDED, message, ['refreshToken']);
}

type Life = Pick<Accounts, 'sessionTtlSeconds' | 'sessionMaxSeconds'>;

type Rotated = RefreshToken & { userId: string };

/** Undefined where the session has ended, or ends now. */
async function rotate(query: Query, token: string, life: Life): Promise<Rotated | undefined> {
  const session = await lockSessionOf(query, token, life);
  if (!session?.alive) return undefined;
  const { sessionId, userId } = session;
  const refreshToken = successorOf(token, session.secret);
  if (session.unused) {
    const refreshExpiresAt = await useToken(query, token, refreshToken, life);
    return { sessionId, userId, refreshToken, refreshExpiresAt };
  }
  if (session.justUsed && (await isUnused(query, refreshToken))) {
    return { sessionId, userId, refreshToken, refreshExpiresAt: session.expiresAt };
  }
  await endSessions(query, { userId, only: sessionId }, 'TOKEN_REUSED');
  return undefined;
}

interface LockedSession {
  sessionId: string;
  userId: string;
  secret: Buffer;
  alive: boolean;
  unused: boolean;
  justUsed: boolean;
  expiresAt: Date;
}

/** The session's row is locked first, then the token is read: of two at once the second sees what the first did. */
async function lockSessionOf(
  query: Query,
  token: string,
  { sessionMaxSeconds }: Life,
): Promise<LockedSession | undefined> {
  await query(
    'sessions.lock',
    `select id from sessions where id = (select session_id from refresh_tokens where hash = $1)
     for update`,
    [tokenHash(token)],
  );
  const [row] = await query<Omit<LockedSession, 'expiresAt'> & { expiresAt: string }>(
    'sessions.ofToken',
    `select s.id as "sessionId", s.user_id as "userId", s.secret, s.expires_at as "expiresAt",
       s.ended_at is null and s.expires_at > now()
         and s.created_at + make_interval(secs => $3) > now() as alive,
       t.used_at is null as unused,
       coalesce(t.used_at > clock_timestamp() - make_interval(secs => $2), false) as "justUsed"
     from refresh_tokens t join sessions s on s.id = t.session_id where t.hash = $1`,
    [tokenHash(token), GRACE_SECONDS, sessionMaxSeconds],
  );
  return row && { ...row, expiresAt: new Date(row.expiresAt) };
}

async function isUnused(query: Query, token: string): Promise<boolean> {
  const found = await query(
    'sessions.isUnused',
    'select 1 from refresh_tokens where hash = $1 and used_at is null',
    [tokenHash(token)],
  );
  return found.length > 0;
}

async function useToken(
  query: Query,
  token: string,
  next: string,
  { sessionTtlSeconds, sessionMaxSeconds }: Life,
): Promise<Date> {
  const [row] = await query<{ expiresAt: string }>(
    'sessions.rotate',
    `with used as (
       update refresh_tokens set used_at = clock_timestamp() where hash = $1 returning session_id
     ), next as (
       insert into refresh_tokens (hash, session_id) select $2, session_id from used
     ) update sessions set last_used_at = now(),
         expires_at = least(now() + make_interval(secs => $3), created_at + make_interval(secs => $4))
       where id = (select session_id from used) returning expires_at as "expiresAt"`,
    [tokenHash(token), tokenHash(next), sessionTtlSeconds, sessionMaxSeconds],
  );
  return new Date(row?.expiresAt ?? 0);
}
