import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import type { Accounts, UsersContext } from './context.js';
import { UsersErrorCode } from './graphql/errors.js';
import { noSession, SessionPayload, session } from './graphql/session.js';
import { USER_COLUMNS, type UserRow } from './graphql/user.js';
import { cleanEmail } from './input.js';

@InputType({ description: 'Who claims to be somebody.' })
class LogInInput {
  @Field(() => String, { description: 'Email of the account, in any case.' })
  email: string;

  @Field(() => String, { description: 'Password of the account.' })
  password: string;
}

@Resolver()
export class LogInMutation {
  @Mutation(() => SessionPayload, {
    description:
      'Answers an access token for email and password. It changes nothing, so that it takes no `idempotencyKey`.',
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
  return session(user, await accounts.tokens.issue(user));
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
