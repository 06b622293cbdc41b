import { ClientError } from '@waybill/kernel/errors.js';
import type { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import { type Connection, pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import type { GlobalId } from '@waybill/kernel/ids.js';

/** Sorts after every id, so that the first page is asked for like any other. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * A page of rows, the newest first: ids are in the order of time, so the order of the list is that of an index.
 * `read` answers at most `limit` rows with ids below `before`. Throws BAD_USER_INPUT on a wrong size or cursor.
 */
export async function newestFirst<Row extends { id: string }, Node>(
  ids: GlobalId,
  { first, after }: AskedPage,
  read: (before: string, limit: number) => Promise<Row[]>,
  toNode: (row: Row) => Node,
): Promise<Connection<Node>> {
  const page = pageRequest(first, after);
  const before = page.after === undefined ? LAST_ID : ids.decode(page.after);
  if (!before) throw new ClientError('BAD_USER_INPUT', 'after is not a cursor of this list.');
  const rows = await read(before, page.limit);
  return toConnection(rows, page, (row) => ids.encode(row.id), toNode);
}
