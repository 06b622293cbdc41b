import type { Query } from '@waybill/kernel/database.js';

/**
 * Keeps a partner as it is until the transaction ends, so that two at once do not both see room for one more. False for
 * one that there is not, or that was closed.
 */
export async function lockOpenPartner(query: Query, partnerId: string): Promise<boolean> {
  const found = await query(
    'partners.lock',
    'select 1 from partners where id = $1 and closed_at is null for no key update',
    [partnerId],
  );
  return found.length > 0;
}
