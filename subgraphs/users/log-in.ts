import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { AuditAction } from './audit-log/audit-action.js';
import { recordAudit } from './audit-log/record-audit.js';
import type { Accounts, UsersContext } from './context.js';
import { attemptsError } from './graphql/account-payload.js';
import { UsersErrorCode } from './graphql/errors.js';
import { noSession, SessionPayload } from './graphql/session.js';
import { USER_COLUMNS, type UserRow, userIds } from './graphql/user.js';
import { cleanEmail } from './input.js';
import { OwnAccounts } from './own-accounts.js';
import { openSession } from './sessions/open-session.js';
import { closedUntil, countAttempt, forgive, type Throttle } from './throttling/throttle.js';
import { logInThrottle, logInThrottles } from './throttling/throttles.js';

@InputType({ description: 'Who claims to be somebody.' })
class LogInInput {
  @Field(() => String, { description: 'Email of the account, in any case.' })
  email: string;

  @Field(() => String, { description: 'Password of the account.' })
  password: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the list of sessions shall call this client, such as "Firefox on Linux".',
  })
  device?: string | null;
}

@Resolver()
export class LogInMutation {
  @OwnAccounts()
  @Access('ANYONE')
  @Mutation(() => SessionPayload, {
    description:
      'Opens a session for email and password. Its tokens are kept nowhere and each log-in is a session of its own, ' +
      'so this takes no `idempotencyKey`.',
  })
  async logIn(
    @Arg('input', () => LogInInput, { description: 'Email and password.' }) input: LogInInput,
    @Ctx() ctx: UsersContext,
  ): Promise<SessionPayload> {
    return logIn(ctx, input);
  }
}

/** An unknown email, an account without a password and a wrong password look the same and take as long. */
async function logIn(ctx: UsersContext, input: LogInInput): Promise<SessionPayload> {
  const { accounts, address } = ctx;
  const { query } = accounts.db;
  const email = cleanEmail(input.email) ?? '';
  const throttles = logInThrottles(email, address);
  const before = await closedUntil(query, throttles);
  if (before) return tooManyAttempts(before);

  const user = await findByEmail(accounts, email);
  const verified = await accounts.passwords.verify(user?.passwordHash, input.password);
  if (!user || !verified) return refused(ctx, user, throttles);
  // Others may have guessed while this password was checked: no more is told than after as many one by one.
  const meanwhile = await closedUntil(query, throttles);
  if (meanwhile) return tooManyAttempts(meanwhile);
  await forgive(query, logInThrottle(email));
  const opened = await openSession(ctx, user, user.passwordHash, input.device);
  return opened ?? refused(ctx, user, throttles);
}

async function refused(
  { accounts, address }: UsersContext,
  user: UserRow | undefined,
  throttles: Throttle[],
): Promise<SessionPayload> {
  const until = await countAttempt(accounts.db.query, throttles);
  if (until) return tooManyAttempts(until);
  await recordAudit(accounts.db.query, {
    actor: 'anonymous',
    action: AuditAction.LOG_IN_FAILED,
    subject: user ? userIds.encode(user.id) : 'unknown',
    address,
  });
  const message = 'Email or password is wrong.';
  return noSession([userError(UsersErrorCode.INVALID_CREDENTIALS, message)]);
}

function tooManyAttempts(retryAt: Date): SessionPayload {
  return noSession([attemptsError(retryAt)], retryAt);
}

async function findByEmail(
  { db }: Accounts,
  email: string,
): Promise<(UserRow & { passwordHash: string | null }) | undefined> {
  const [user] = await db.query<UserRow & { passwordHash: string | null }>(
    'users.byEmail',
    `select ${USER_COLUMNS}, password_hash as "passwordHash" from users where email = $1`,
    [email],
  );
  return user;
}
