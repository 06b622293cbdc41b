import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import type { UsersContext } from '../context.js';
import {
  AccountPayload,
  accountPayload,
  type Done,
  notDone,
  tooManyAttempts,
} from '../graphql/account-payload.js';
import { isTokenGood, useToken } from '../mail/use-token.js';
import { once } from '../once.js';
import { OwnAccounts } from '../own-accounts.js';
import { closedUntil, countAttempt, forgive } from '../throttling/throttle.js';
import { logInThrottle, tokenThrottles } from '../throttling/throttles.js';
import { badToken } from './bad-token.js';
import { checkNewPassword } from './new-password.js';
import { hasPassword, otherPassword, setPassword } from './set-password.js';

@InputType({ description: 'A new password in place of a forgotten one.' })
class ResetPasswordInput {
  @Field(() => String, { description: 'The code from the mail. It works once, for an hour.' })
  token: string;

  @Field(() => String, { description: 'Between 8 and 256 characters, of any kind.' })
  newPassword: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class ResetPasswordMutation {
  @OwnAccounts()
  @Access('ANYONE')
  @Mutation(() => AccountPayload, {
    description:
      'Sets a new password by the code that `requestPasswordReset` had sent, and ends all sessions. Log in with it.',
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The code and the password.' })
    input: ResetPasswordInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AccountPayload> {
    const throttles = tokenThrottles(ctx.address);
    const closed = await closedUntil(ctx.accounts.db.query, throttles);
    if (closed) return tooManyAttempts(closed);
    const tooWeak = checkNewPassword(input.newPassword, 'newPassword');
    if (tooWeak.length > 0) return accountPayload(notDone(...tooWeak));
    const { done, errors } = await resetPassword(ctx, input);
    if (!done) await countAttempt(ctx.accounts.db.query, throttles);
    return accountPayload({ done, errors });
  }
}

interface Reset extends Done {
  userId: string | null;
}

async function resetPassword(ctx: UsersContext, input: ResetPasswordInput): Promise<Done> {
  const { token, newPassword, idempotencyKey } = input;
  const { db, passwords, committed } = ctx.accounts;
  // A hash is work: none for whoever has no code. A code that was used may have been used under this very key.
  const isGood = await isTokenGood(db.query, token, ['RESET_PASSWORD']);
  const passwordHash = isGood ? await passwords.hash(newPassword) : undefined;
  const request = { token, idempotencyKey };
  const nothing = { done: false, userId: null };
  const asked = { mutation: 'resetPassword', input: request, nothing };
  let isNew = false;
  const { done, userId, errors } = await once<Reset>(ctx, asked, (within) => {
    isNew = true;
    return reset(within, token, { passwordHash, address: ctx.address });
  });
  committed();
  if (isNew || !userId) return { done, errors };
  const same = await hasPassword(ctx.accounts, userId, newPassword);
  return same ? { done, errors } : notDone(otherPassword());
}

async function reset(
  db: Database,
  token: string,
  { passwordHash, address }: { passwordHash: string | undefined; address: string | undefined },
): Promise<Reset> {
  const refused = { ...notDone(badToken()), userId: null };
  if (!passwordHash) return refused;
  return db.transaction(async (query) => {
    const used = await useToken(query, token, ['RESET_PASSWORD']);
    if (!used) return refused;
    const { userId, email } = used;
    // Whoever has the code has the mailbox.
    const [user] = await query(
      'users.verifyByReset',
      `update users set email_verified_at = coalesce(email_verified_at, now())
       where id = $1 and email = $2 and closed_at is null returning id`,
      [userId, email],
    );
    if (!user) return refused;
    await setPassword(query, { userId, email, passwordHash, address });
    await forgive(query, logInThrottle(email));
    return { done: true, userId, errors: [] };
  });
}
