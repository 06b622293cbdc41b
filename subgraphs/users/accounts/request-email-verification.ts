import { unauthenticated } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { callerId, type UsersContext } from '../context.js';
import {
  AccountPayload,
  accountPayload,
  DONE,
  tooManyAttempts,
} from '../graphql/account-payload.js';
import { requestMail } from '../mail/account-mail.js';
import { once } from '../once.js';
import { OwnAccounts } from '../own-accounts.js';
import { countAttempt } from '../throttling/throttle.js';
import { mailThrottles } from '../throttling/throttles.js';
import { holdAccount } from './hold-account.js';

@InputType({ description: 'A wish for another code.' })
class RequestEmailVerificationInput {
  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class RequestEmailVerificationMutation {
  @OwnAccounts()
  @Access('PERSON')
  @Mutation(() => AccountPayload, {
    description: 'Has another code for `verifyEmail` sent to your email.',
  })
  async requestEmailVerification(
    @Arg('input', () => RequestEmailVerificationInput, { description: 'Nothing but the key.' })
    input: RequestEmailVerificationInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AccountPayload> {
    const userId = callerId(ctx);
    const { db, committed } = ctx.accounts;
    const email = (await ctx.users.load(userId))?.email;
    if (!email) throw unauthenticated();
    const retryAt = await countAttempt(db.query, mailThrottles(email, ctx.address));
    if (retryAt) return tooManyAttempts(retryAt);
    const asked = { mutation: 'requestEmailVerification', input, nothing: { done: false } };
    const result = await once(ctx, asked, ({ transaction }) =>
      transaction(async (query) => {
        if (!(await holdAccount(query, userId))) throw unauthenticated();
        await requestMail(query, { kind: 'VERIFY_EMAIL', userId, email });
        return DONE;
      }),
    );
    committed();
    return accountPayload(result);
  }
}
