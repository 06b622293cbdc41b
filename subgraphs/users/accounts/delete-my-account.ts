import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { hasRole } from '@waybill/kernel/identity.js';
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
import { closeAccount } from './close-account.js';
import { confirmLogIn } from './confirm-log-in.js';
import { confirmPassword } from './confirm-password.js';
import { holdAccount } from './hold-account.js';

@InputType({ description: 'An account that shall be no more.' })
class DeleteMyAccountInput {
  @Field(() => String, {
    nullable: true,
    description: 'Your password; left out where another system keeps the accounts.',
  })
  password?: string | null;
}

@Resolver()
export class DeleteMyAccountMutation {
  @Access('PERSON')
  @Mutation(() => AccountPayload, {
    description:
      'Deletes your account for good: name, email, addresses, sessions and drafts go. Orders that were placed stay, as the ' +
      'law wants it. Where another system keeps the accounts, have logged in there within the last five minutes. Nobody is left who could ask again, so this takes no `idempotencyKey`.',
  })
  async deleteMyAccount(
    @Arg('input', () => DeleteMyAccountInput, { description: 'Proof that it is you.' })
    input: DeleteMyAccountInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AccountPayload> {
    const { db, committed, keptElsewhere } = ctx.accounts;
    const confirmed = keptElsewhere
      ? await confirmLogIn(ctx)
      : await confirmPassword(ctx, input.password ?? '', 'password');
    if (confirmed instanceof Date) return tooManyAttempts(confirmed);
    if (!confirmed.isRight) return confirmed.refuse();
    // So that an administrator always remains.
    if (hasRole(ctx.identity, 'ADMIN')) {
      const message = 'Have another administrator take this role from you first.';
      return accountPayload(notDone(userError(UsersErrorCode.OWN_ADMIN_ROLE, message)));
    }
    const { userId, email, provedHash } = confirmed;
    const isClosed = await db.transaction(async (query) => {
      if (!(await holdAccount(query, userId, provedHash))) return false;
      await closeAccount(query, { userId, email, address: ctx.address });
      return true;
    });
    if (!isClosed) return confirmed.refuse();
    committed();
    return accountPayload(DONE);
  }
}
