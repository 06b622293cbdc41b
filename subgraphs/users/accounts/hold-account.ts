import type { Query } from '@waybill/kernel/database.js';

/**
 * Keeps an account as it is until the end of the transaction: nobody closes it or changes its password meanwhile. False
 * where it is closed, or has another password than the one that `provedHash` proved: proving takes as long as hashing.
 * Accounts are locked before their mails, sessions and addresses.
 */
export async function holdAccount(
  query: Query,
  userId: string,
  provedHash: string | null = null,
): Promise<boolean> {
  const held = await query(
    'users.hold',
    `select 1 from users
     where id = $1 and closed_at is null and ($2::text is null or password_hash = $2)
     for no key update`,
    [userId, provedHash],
  );
  return held.length > 0;
}
