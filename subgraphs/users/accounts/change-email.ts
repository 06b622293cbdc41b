import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
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
import { cleanEmail } from '../input.js';
import { requestMail } from '../mail/account-mail.js';
import { once } from '../once.js';
import { OwnAccounts } from '../own-accounts.js';
import { countAttempt } from '../throttling/throttle.js';
import { mailThrottles } from '../throttling/throttles.js';
import { confirmPassword, wrongPassword } from './confirm-password.js';
import { holdAccount } from './hold-account.js';

@InputType({ description: 'A new email in place of the old one.' })
class ChangeEmailInput {
  @Field(() => String, { description: 'Where mail shall go from now on.' })
  newEmail: string;

  @Field(() => String, { description: 'Your password.' })
  password: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class ChangeEmailMutation {
  @OwnAccounts()
  @Access('PERSON')
  @Mutation(() => AccountPayload, {
    description:
      'Has a code sent to the new email. Nothing changes until `verifyEmail` gets it; then the old email is told.',
  })
  async changeEmail(
    @Arg('input', () => ChangeEmailInput, { description: 'The new one, and the password.' })
    input: ChangeEmailInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AccountPayload> {
    const email = cleanEmail(input.newEmail);
    if (!email) {
      const message = 'This is no email address.';
      const error = userError(UsersErrorCode.INVALID_EMAIL, message, ['newEmail']);
      return accountPayload(notDone(error));
    }
    return changeEmail(ctx, email, input);
  }
}

async function changeEmail(
  ctx: UsersContext,
  email: string,
  { password, idempotencyKey }: ChangeEmailInput,
): Promise<AccountPayload> {
  const { db, committed } = ctx.accounts;
  const confirmed = await confirmPassword(ctx, password, 'password');
  if (confirmed instanceof Date) return tooManyAttempts(confirmed);
  if (!confirmed.isRight) return confirmed.refuse();
  const retryAt = await countAttempt(db.query, mailThrottles(email, ctx.address));
  if (retryAt) return tooManyAttempts(retryAt);
  const request = { idempotencyKey, email };
  const asked = { mutation: 'changeEmail', input: request, nothing: { done: false } };
  const { userId, provedHash } = confirmed;
  const result = await once<Done>(ctx, asked, ({ transaction }) =>
    transaction(async (query) => {
      if (!(await holdAccount(query, userId, provedHash)))
        return notDone(wrongPassword('password'));
      await requestMail(query, { kind: 'CHANGE_EMAIL', userId, email });
      return DONE;
    }),
  );
  committed();
  return accountPayload(result);
}
