import { isStaff, realmsOf } from '@waybill/kernel/identity.js';
import type { UsersContext } from '../context.js';

/**
 * The partners that somebody may see and change, by bare ids: all for staff, for staff of certain storefronts those who sell
 * for no others, and a partner itself.
 */
export type Reach = { all: true } | { all: false; partnerIds: readonly string[] };

export async function reachOf({
  identity,
  accounts,
}: Pick<UsersContext, 'identity' | 'accounts'>): Promise<Reach> {
  if (identity.kind === 'partner') return { all: false, partnerIds: [identity.partnerId] };
  if (!isStaff(identity)) return { all: false, partnerIds: [] };
  const realms = realmsOf(identity);
  if (!realms) return { all: true };
  const partners = await accounts.db.query<{ id: string }>(
    'partners.within',
    'select id from partners where storefront_ids <@ $1::uuid[]',
    [realms],
  );
  return { all: false, partnerIds: partners.map(({ id }) => id) };
}

export function reaches(reach: Reach, partnerId: string): boolean {
  return reach.all || reach.partnerIds.includes(partnerId);
}
