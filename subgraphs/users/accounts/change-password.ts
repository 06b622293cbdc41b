import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
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
import { once } from '../once.js';
import { OwnAccounts } from '../own-accounts.js';
import { type Confirmed, confirmPassword, wrongPassword } from './confirm-password.js';
import { holdAccount } from './hold-account.js';
import { checkNewPassword } from './new-password.js';
import { hasPassword, otherPassword, setPassword } from './set-password.js';

@InputType({ description: 'A new password in place of the old one.' })
class ChangePasswordInput {
  @Field(() => String, { description: 'The password so far.' })
  currentPassword: string;

  @Field(() => String, { description: 'Between 8 and 256 characters, of any kind.' })
  newPassword: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class ChangePasswordMutation {
  @OwnAccounts()
  @Access('PERSON')
  @Mutation(() => AccountPayload, {
    description: 'Changes your password. Every session but the one that asks ends.',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The old one and the new one.' })
    input: ChangePasswordInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AccountPayload> {
    const tooWeak = checkNewPassword(input.newPassword, 'newPassword');
    if (tooWeak.length > 0) return accountPayload(notDone(...tooWeak));
    const confirmed = await confirmPassword(ctx, input.currentPassword, 'currentPassword');
    return confirmed instanceof Date
      ? tooManyAttempts(confirmed)
      : changePassword(ctx, confirmed, input);
  }
}

async function changePassword(
  ctx: UsersContext,
  confirmed: Confirmed,
  { newPassword, idempotencyKey }: ChangePasswordInput,
): Promise<AccountPayload> {
  const { passwords, committed } = ctx.accounts;
  const { userId, isRight } = confirmed;
  const passwordHash = isRight ? await passwords.hash(newPassword) : undefined;
  const request = { idempotencyKey };
  const asked = { mutation: 'changePassword', input: request, nothing: { done: false } };
  let isNew = false;
  const result = await once<Done>(ctx, asked, async (db) => {
    isNew = true;
    // Under this key it may have been changed before, and then the old one is wrong by now.
    if (!passwordHash) return notDone(wrongPassword('currentPassword'));
    return change(db, ctx, { ...confirmed, passwordHash });
  });
  committed();
  if (isNew) return isRight ? accountPayload(result) : confirmed.refuse();
  const same = !result.done || (await hasPassword(ctx.accounts, userId, newPassword));
  return accountPayload(same ? result : notDone(otherPassword()));
}

async function change(
  db: Database,
  { identity, address }: UsersContext,
  { userId, email, provedHash, passwordHash }: Confirmed & { passwordHash: string },
): Promise<Done> {
  const keep = identity.kind === 'user' ? identity.sessionId : undefined;
  return db.transaction(async (query) => {
    if (!(await holdAccount(query, userId, provedHash))) {
      return notDone(wrongPassword('currentPassword'));
    }
    await setPassword(query, { userId, email, passwordHash, keep, address });
    return DONE;
  });
}
