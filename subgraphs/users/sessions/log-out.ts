import { unauthenticated } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerId, type UsersContext } from '../context.js';
import { type UsersError, UsersUserError } from '../graphql/errors.js';
import { OwnAccounts } from '../own-accounts.js';
import { endSessions } from './end-sessions.js';

@InputType({ description: 'Which of your sessions end.' })
class LogOutInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'All of them, on every device, and not only the one that asks.',
  })
  everywhere: boolean;
}

@ObjectType({ description: 'What has ended.', simpleResolvers: true })
class LogOutPayload {
  @Field(() => Int, { description: 'Sessions that have ended.' })
  sessionsEnded: number;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UsersError[];
}

@Resolver()
export class LogOutMutation {
  @OwnAccounts()
  @Access('PERSON')
  @Mutation(() => LogOutPayload, {
    description:
      'Ends the session that asks, or all of yours. Nobody is logged in afterwards who could ask again, so this ' +
      'takes no `idempotencyKey`.',
  })
  async logOut(
    @Arg('input', () => LogOutInput, { description: 'Here or everywhere.' }) input: LogOutInput,
    @Ctx() ctx: UsersContext,
  ): Promise<LogOutPayload> {
    const userId = callerId(ctx);
    const only = input.everywhere ? undefined : currentSession(ctx);
    const ended = await ctx.accounts.db.transaction((query) =>
      endSessions(query, { userId, only }, 'LOGGED_OUT'),
    );
    return { sessionsEnded: ended.length, userErrors: [] };
  }
}

/** The bare id of the session that asks. Throws UNAUTHENTICATED where there is none. */
export function currentSession({ identity }: UsersContext): string {
  if (identity.kind !== 'user' || !identity.sessionId) throw unauthenticated();
  return identity.sessionId;
}
