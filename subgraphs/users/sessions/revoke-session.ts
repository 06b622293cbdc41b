import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerId, type UsersContext } from '../context.js';
import { type UsersError, UsersErrorCode, UsersUserError } from '../graphql/errors.js';
import { once } from '../once.js';
import { OwnAccounts } from '../own-accounts.js';
import { endSessions } from './end-sessions.js';
import { sessionIds } from './session.js';

@InputType({ description: 'One of your sessions that shall end.' })
class RevokeSessionInput {
  @Field(() => ID, { description: 'Which session.' })
  id: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The session that has ended, or why not.', simpleResolvers: true })
class RevokeSessionPayload {
  @Field(() => ID, { nullable: true, description: 'The session that has ended.' })
  revokedId: string | null;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UsersError[];
}

interface Revoked {
  revokedId: string | null;
  errors: UsersError[];
}

@Resolver()
export class RevokeSessionMutation {
  @OwnAccounts()
  @Access('OWNER')
  @Mutation(() => RevokeSessionPayload, {
    description: 'Ends one of your sessions, on whatever device it is.',
  })
  async revokeSession(
    @Arg('input', () => RevokeSessionInput, { description: 'Which one.' })
    input: RevokeSessionInput,
    @Ctx() ctx: UsersContext,
  ): Promise<RevokeSessionPayload> {
    const userId = callerId(ctx);
    const id = sessionIds.decode(input.id);
    if (!id) return { revokedId: null, userErrors: [notFound()] };
    const asked = { mutation: 'revokeSession', input, nothing: { revokedId: null } };
    const { revokedId, errors } = await once<Revoked>(ctx, asked, (db) => revoke(db, userId, id));
    return { revokedId: revokedId && sessionIds.encode(revokedId), userErrors: errors };
  }
}

async function revoke(db: Database, userId: string, only: string): Promise<Revoked> {
  const [revokedId] = await db.transaction((query) =>
    endSessions(query, { userId, only }, 'REVOKED'),
  );
  return revokedId ? { revokedId, errors: [] } : { revokedId: null, errors: [notFound()] };
}

function notFound(): UsersError {
  return userError(UsersErrorCode.NOT_FOUND, 'You have no such session.', ['id']);
}
