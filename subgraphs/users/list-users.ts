import type { Query as Sql } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import type { Connection } from '@waybill/kernel/graphql/connection.js';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { UsersContext } from './context.js';
import {
  toUser,
  USER_COLUMNS,
  type User,
  UserConnection,
  type UserRow,
  userIds,
} from './graphql/user.js';
import { type AskedPage, newestFirst } from './newest-first.js';

@Resolver()
export class ListUsersQuery {
  @Access('STAFF')
  @Query(() => UserConnection, { description: 'All users, the newest first. For staff.' })
  async users(
    @Ctx() ctx: UsersContext,
    @Arg('first', () => Int, {
      nullable: true,
      description: 'How many to show: 1 to 100, 20 unless said.',
    })
    first?: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Show what follows this cursor.',
    })
    after?: string | null,
  ): Promise<Connection<User>> {
    return listUsers(ctx.accounts.db.query, { first, after });
  }
}

async function listUsers(query: Sql, asked: AskedPage): Promise<Connection<User>> {
  const read = (before: string, limit: number) =>
    query<UserRow>(
      'users.page',
      `select ${USER_COLUMNS} from users where id < $1 order by id desc limit $2`,
      [before, limit],
    );
  return newestFirst(userIds, asked, read, toUser);
}
