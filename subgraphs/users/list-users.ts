import type { Query as Sql } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import type { Connection } from '@waybill/kernel/graphql/connection.js';
import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { UsersContext } from './context.js';
import {
  toUser,
  USER_COLUMNS,
  type User,
  UserConnection,
  type UserRow,
  userIds,
} from './graphql/user.js';
import { AskedPage, newestFirst } from './newest-first.js';

@Resolver()
export class ListUsersQuery {
  @Access('STAFF')
  @Query(() => UserConnection, { description: 'All users, the newest first. For staff.' })
  async users(
    @Ctx() ctx: UsersContext,
    @Args(() => AskedPage) page: AskedPage,
  ): Promise<Connection<User>> {
    return listUsers(ctx.accounts.db.query, page);
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
