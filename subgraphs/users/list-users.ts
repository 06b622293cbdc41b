import type { Query as Sql } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import type { Connection } from '@waybill/kernel/graphql/connection.js';
import { realmsOf } from '@waybill/kernel/identity.js';
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
import { newestFirst } from './newest-first.js';

@Resolver()
export class ListUsersQuery {
  @Access('STAFF')
  @Query(() => UserConnection, {
    description:
      'All users, the newest first. For staff; to staff of certain storefronts those whom these know.',
  })
  async users(
    @Ctx() ctx: UsersContext,
    @Args(() => AskedPage) page: AskedPage,
  ): Promise<Connection<User>> {
    const { accounts, identity } = ctx;
    return listUsers(accounts.db.query, realmsOf(identity), page);
  }
}

async function listUsers(
  query: Sql,
  realms: readonly string[] | undefined,
  asked: AskedPage,
): Promise<Connection<User>> {
  const ofRealms = (before: string, limit: number) =>
    query<UserRow>('users.pageOfStorefronts', OF_STOREFRONTS, [before, limit, realms]);
  const read = (before: string, limit: number) =>
    query<UserRow>(
      'users.page',
      `select ${USER_COLUMNS} from users where id < $1 order by id desc limit $2`,
      [before, limit],
    );
  return newestFirst(userIds, asked, realms ? ofRealms : read, toUser);
}

/** A page of each storefront by index; the newest of all these are the page. Many know the same people. */
const OF_STOREFRONTS = `
  with known as (
    select distinct page.user_id as id from unnest($3::uuid[]) as realm (id), lateral (
      select user_id from storefront_customers
      where storefront_id = realm.id and user_id < $1 order by user_id desc limit $2) page
  )
  select ${USER_COLUMNS} from users where id in (select id from known) order by id desc limit $2`;
