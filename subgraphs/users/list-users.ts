import type { Query as Sql } from '@waybill/kernel/database.js';
import { ClientError, forbidden, unauthenticated } from '@waybill/kernel/errors.js';
import { type Connection, pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import { type Identity, isStaff } from '@waybill/kernel/identity.js';
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

@Resolver()
export class ListUsersQuery {
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
    requireStaff(ctx.identity);
    return listUsers(ctx.accounts.db.query, first, after);
  }
}

function requireStaff(identity: Identity): void {
  if (identity.kind === 'anonymous') throw unauthenticated();
  if (!isStaff(identity)) throw forbidden();
}

/** Sorts after every id, so that the first page is asked for like any other. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Ids are in the order of time, so the primary key's index is the order of the list. */
async function listUsers(
  query: Sql,
  first?: number | null,
  after?: string | null,
): Promise<Connection<User>> {
  const page = pageRequest(first, after);
  const rows = await query<UserRow>(
    'users.page',
    `select ${USER_COLUMNS} from users where id < $1 order by id desc limit $2`,
    [page.after === undefined ? LAST_ID : keyOf(page.after), page.limit],
  );
  return toConnection(rows, page, (row) => userIds.encode(row.id), toUser);
}

function keyOf(cursor: string): string {
  const key = userIds.decode(cursor);
  if (!key) throw new ClientError('BAD_USER_INPUT', 'after is not a cursor of this list.');
  return key;
}
