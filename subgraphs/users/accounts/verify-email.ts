import { type Database, isUniqueViolation } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { AuditAction } from '../audit-log/audit-action.js';
import { recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import {
  AccountPayload,
  accountPayload,
  DONE,
  type Done,
  notDone,
  tooManyAttempts,
} from '../graphql/account-payload.js';
import { UsersErrorCode } from '../graphql/errors.js';
import { userIds } from '../graphql/user.js';
import { requestMail } from '../mail/account-mail.js';
import { type UsedToken, useToken, voidTokens } from '../mail/use-token.js';
import { once } from '../once.js';
import { OwnAccounts } from '../own-accounts.js';
import { closedUntil, countAttempt } from '../throttling/throttle.js';
import { tokenThrottles } from '../throttling/throttles.js';
import { badToken } from './bad-token.js';

@InputType({ description: 'Proof that an email reaches somebody.' })
class VerifyEmailInput {
  @Field(() => String, { description: 'The code from the mail. It works once.' })
  token: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class VerifyEmailMutation {
  @OwnAccounts()
  @Access('ANYONE')
  @Mutation(() => AccountPayload, {
    description:
      'Confirms the email of an account by the code that was sent there. After `changeEmail` this is when the email changes.',
  })
  async verifyEmail(
    @Arg('input', () => VerifyEmailInput, { description: 'The code.' }) input: VerifyEmailInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AccountPayload> {
    const { db, committed } = ctx.accounts;
    const throttles = tokenThrottles(ctx.address);
    const closed = await closedUntil(db.query, throttles);
    if (closed) return tooManyAttempts(closed);
    const asked = { mutation: 'verifyEmail', input, nothing: { done: false } };
    const result = await once<Done>(ctx, asked, (within) => verifyEmail(within, input.token));
    if (!result.done) await countAttempt(db.query, throttles);
    committed();
    return accountPayload(result);
  }
}

async function verifyEmail(db: Database, token: string): Promise<Done> {
  return db.transaction(async (query) => {
    const used = await useToken(query, token, ['VERIFY_EMAIL', 'CHANGE_EMAIL']);
    if (!used) return notDone(badToken());
    if (used.kind === 'CHANGE_EMAIL') return changeEmail({ ...db, query }, used);
    const verified = await query(
      'users.verifyEmail',
      `update users set email_verified_at = coalesce(email_verified_at, now())
       where id = $1 and email = $2 returning id`,
      [used.userId, used.email],
    );
    return verified.length > 0 ? DONE : notDone(badToken());
  });
}

/** The old address is told, so that nobody loses an account in silence. */
async function changeEmail({ query }: Database, { userId, email }: UsedToken): Promise<Done> {
  const [changed] = await query<{ before: string | null }>(
    'users.changeEmail',
    `update users set email = $2, email_verified_at = now()
     from (select email as before from users where id = $1 for update) old
     where id = $1 and not exists (select 1 from users where email = $2 and id <> $1)
     returning before`,
    [userId, email],
  ).catch((error) => {
    if (isUniqueViolation(error)) return [];
    throw error;
  });
  if (!changed) {
    const message = 'Somebody else has an account with this email by now.';
    return notDone(userError(UsersErrorCode.EMAIL_TAKEN, message, ['token']));
  }
  const { before } = changed;
  if (before) await requestMail(query, { kind: 'EMAIL_CHANGED', userId, email: before });
  await voidTokens(query, userId, ['VERIFY_EMAIL', 'RESET_PASSWORD']);
  await recordAudit(query, {
    actor: `user:${userId}`,
    action: AuditAction.EMAIL_CHANGED,
    subject: userIds.encode(userId),
  });
  return DONE;
}
