import type { Database } from '@waybill/kernel/database.js';
import { forgetTraces } from './close-account.js';

/** Whom the other contexts have not forgotten yet, the oldest first. */
export async function findErasures(
  { query }: Database,
  { limit }: { limit: number },
): Promise<{ userIds: string[] }> {
  const due = await query<{ userId: string }>(
    'erasures.due',
    'select user_id as "userId" from erasures order by due_at limit $1',
    [limit],
  );
  return { userIds: due.map(({ userId }) => userId) };
}

/** All have forgotten; what was still being written when the account was closed is forgotten here with it. */
export async function settleErasure(
  { transaction }: Database,
  { userId }: { userId: string },
): Promise<{ outcome: 'SETTLED' }> {
  await transaction(async (query) => {
    await forgetTraces(query, userId);
    await query('erasures.settle', 'delete from erasures where user_id = $1', [userId]);
  });
  return { outcome: 'SETTLED' };
}
