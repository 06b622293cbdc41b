import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import type { Accounts, UsersContext } from './context.js';
import { UsersErrorCode } from './graphql/errors.js';
import { noSession, SessionPayload } from './graphql/session.js';
import { USER_COLUMNS, type UserRow } from './graphql/user.js';
import { cleanEmail } from './input.js';
import { openSession } from './sessions/open-session.js';

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
  @Mutation(() => SessionPayload, {
    description:
      'Opens a session for email and password. Its tokens are kept nowhere and each log-in is a session of its own, ' +
      'so this takes no `idempotencyKey`.',
  })
  async logIn(
    @Arg('input', () => LogInInput, { description: 'Email and password.' }) input: LogInInput,
    @Ctx() ctx: UsersContext,
  ): Promise<SessionPayload> {
    return logIn(ctx.accounts, input);
  }
}

/** An unknown email, an account without a password and a wrong password look the same and take as long. */
async function logIn(accounts: Accounts, input: LogInInput): Promise<SessionPayload> {
  const user = await findByEmail(accounts, cleanEmail(input.email) ?? '');
  const verified = await accounts.passwords.verify(user?.passwordHash, input.password);
  if (!user || !verified) return noSession([invalidCredentials()]);
  return openSession(accounts, user, input.device);
}

function invalidCredentials() {
  return userError(UsersErrorCode.INVALID_CREDENTIALS, 'Email or password is wrong.');
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
