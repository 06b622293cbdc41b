import type { Query } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import { ADDRESS_COLUMNS, type AddressRow } from './graphql/address.js';
import { USER_COLUMNS, type UserRow } from './graphql/user.js';

/** Users by bare id, null where there is none. */
export function loadUsers(query: Query): DataLoader<string, UserRow | null> {
  return new DataLoader(async (ids) => {
    const rows = await usersById(query, ids);
    return ids.map((id) => rows.get(id) ?? null);
  });
}

export async function usersById(
  query: Query,
  ids: readonly string[],
): Promise<Map<string, UserRow>> {
  const rows = await query<UserRow>(
    'users.byId',
    `select ${USER_COLUMNS} from users where id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The addresses of a user by the user's bare id, oldest first. */
export function loadAddresses(query: Query): DataLoader<string, AddressRow[]> {
  return new DataLoader(async (userIds) => {
    const rows = await query<AddressRow>(
      'users.addressesOf',
      `select ${ADDRESS_COLUMNS} from addresses where user_id = any($1::uuid[]) order by id`,
      [userIds],
    );
    const byUser = Map.groupBy(rows, (row) => row.userId);
    return userIds.map((userId) => byUser.get(userId) ?? []);
  });
}
