import type { UsersContext } from '../context.js';
import { partnerIds } from './partner.js';
import { reaches, reachOf } from './reach.js';

/**
 * The bare id of the partner whose operations or webhooks somebody may change: staff name one, a partner with a key for
 * that is meant itself. Undefined where there is no such partner for the caller.
 */
export async function meantPartner(
  ctx: UsersContext,
  partnerId: string | null | undefined,
): Promise<string | undefined> {
  const { identity } = ctx;
  const own = identity.kind === 'partner' ? identity.partnerId : undefined;
  const meant = partnerId == null ? own : partnerIds.decode(partnerId);
  return meant && reaches(await reachOf(ctx), meant) ? meant : undefined;
}
