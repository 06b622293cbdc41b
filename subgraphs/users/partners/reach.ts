import { isStaff, realmsOf } from '@waybill/kernel/identity.js';
import type { UsersContext } from '../context.js';

/**
 * The partners that somebody may see and change, by bare ids: all for staff, for staff of certain storefronts those who sell
 * for no others, and a partner itself. Likewise the storefronts whose webhooks are theirs: a partner has none.
 */
export type Reach =
  | { all: true }
  | { all: false; partnerIds: readonly string[]; storefrontIds: readonly string[] };

export async function reachOf({
  identity,
  accounts,
}: Pick<UsersContext, 'identity' | 'accounts'>): Promise<Reach> {
  if (identity.kind === 'partner') {
    return { all: false, partnerIds: [identity.partnerId], storefrontIds: [] };
  }
  if (!isStaff(identity)) return { all: false, partnerIds: [], storefrontIds: [] };
  const realms = realmsOf(identity);
  if (!realms) return { all: true };
  const partners = await accounts.db.query<{ id: string }>(
    'partners.within',
    'select id from partners where storefront_ids <@ $1::uuid[]',
    [realms],
  );
  return { all: false, partnerIds: partners.map(({ id }) => id), storefrontIds: realms };
}

export function reaches(reach: Reach, partnerId: string): boolean {
  return reach.all || reach.partnerIds.includes(partnerId);
}

/** Whether a webhook is within somebody's reach: part of a condition, with its values from number `from` on. */
export function webhooksWithin(from: number): string {
  return `($${from} or webhooks.partner_id = any($${from + 1}::uuid[])
    or webhooks.storefront_id = any($${from + 2}::uuid[]))`;
}

/** The values of that condition. */
export function reachValues(reach: Reach): unknown[] {
  return reach.all ? [true, null, null] : [false, reach.partnerIds, reach.storefrontIds];
}
