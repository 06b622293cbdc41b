import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import type { UsersContext } from '../context.js';
import {
  AccountPayload,
  accountPayload,
  DONE,
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

@InputType({ description: 'A forgotten password.' })
class RequestPasswordResetInput {
  @Field(() => String, { description: 'Email of the account.' })
  email: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class RequestPasswordResetMutation {
  @OwnAccounts()
  @Access('ANYONE')
  @Mutation(() => AccountPayload, {
    description:
      'Has a code for `resetPassword` sent there. Answers the same, and does the same, whether or not somebody has this email.',
  })
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'Whose.' })
    input: RequestPasswordResetInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AccountPayload> {
    const { db, committed } = ctx.accounts;
    const email = cleanEmail(input.email);
    if (!email) {
      const message = 'This is no email address.';
      const error = userError(UsersErrorCode.INVALID_EMAIL, message, ['email']);
      return accountPayload(notDone(error));
    }
    const retryAt = await countAttempt(db.query, mailThrottles(email, ctx.address));
    if (retryAt) return tooManyAttempts(retryAt);
    const asked = { mutation: 'requestPasswordReset', input, nothing: { done: false } };
    const result = await once(ctx, asked, async ({ query }) => {
      // Who has the address is looked up when the mail is sent, where nobody can take the time.
      await requestMail(query, { kind: 'RESET_PASSWORD', email });
      return DONE;
    });
    committed();
    return accountPayload(result);
  }
}
