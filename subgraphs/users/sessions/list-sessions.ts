import { Access } from '@waybill/kernel/graphql/access.js';
import { Ctx, Query, Resolver } from 'type-graphql';
import { callerId, type UsersContext } from '../context.js';
import { SESSION_COLUMNS, Session, type SessionRow, toSession } from './session.js';

const MAX_LISTED = 100;

@Resolver()
export class ListSessionsQuery {
  @Access('PERSON')
  @Query(() => [Session], {
    description: `Where you are logged in, what was used last first. At most ${MAX_LISTED}.`,
  })
  async sessions(@Ctx() ctx: UsersContext): Promise<Session[]> {
    const rows = await ctx.accounts.db.query<SessionRow>(
      'sessions.list',
      `select ${SESSION_COLUMNS} from sessions
       where user_id = $1 and ended_at is null and expires_at > now()
       order by last_used_at desc, id desc limit $2`,
      [callerId(ctx), MAX_LISTED],
    );
    const { identity } = ctx;
    const current = identity.kind === 'user' ? identity.sessionId : undefined;
    return rows.map((row) => toSession(row, current));
  }
}
