import { unauthenticated } from '@waybill/kernel/errors.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { callerId, type UsersContext } from '../context.js';
import { accountPayload, notDone } from '../graphql/account-payload.js';
import { UsersErrorCode } from '../graphql/errors.js';
import type { Confirmed } from './confirm-password.js';

/** Seconds for which a log-in at the issuer is proof enough of who asks. */
const FRESH_SECONDS = 300;

/**
 * Who asks, where another system keeps their account: nobody here knows a password of theirs, so they have to have
 * logged in there a moment ago. Throws UNAUTHENTICATED where there is no such account any more.
 */
export async function confirmLogIn(
  ctx: UsersContext,
): Promise<Omit<Confirmed, 'email'> & { email: string | null }> {
  const userId = callerId(ctx);
  const [user] = await ctx.accounts.db.query<{ email: string | null }>(
    'users.keptElsewhere',
    'select email from users where id = $1 and issuer is not null',
    [userId],
  );
  if (!user) throw unauthenticated();
  const { identity } = ctx;
  const at = identity.kind === 'user' ? identity.authenticatedAt : undefined;
  const isRight = at !== undefined && Date.now() / 1000 - at < FRESH_SECONDS;
  return {
    userId,
    email: user.email,
    isRight,
    provedHash: null,
    refuse: async () => accountPayload(notDone(TOO_OLD)),
  };
}

const TOO_OLD = userError(
  UsersErrorCode.LOG_IN_AGAIN,
  'Log in again first: it must be you who asks.',
);
