import type { Identity } from '@waybill/kernel/identity.js';
import { actorOf } from '../access.js';
import { closed, isOpen } from '../rules/draft.js';
import { type DraftResult, NO_SUCH_DRAFT, NOT_OPEN, refused } from './change-draft.js';
import { type DraftDependencies, type DraftRef, openDraft } from './draft.js';
import { forgetEnded, record } from './write-draft.js';

/** Throws a draft away: it ends as EXPIRED, with that reason. Asked again, it answers the same. */
export async function discardDraft(
  { db, committed }: DraftDependencies,
  identity: Identity,
  ref: DraftRef,
): Promise<DraftResult> {
  const result = await db.transaction(async (query): Promise<DraftResult> => {
    const draft = await openDraft(query, identity, ref);
    if (!draft) return refused(NO_SUCH_DRAFT);
    if (isOpen(draft)) {
      await record(query, draft.id, actorOf(identity), (order) => closed(order, 'DISCARDED'));
      await forgetEnded(query, [draft.id]);
    } else if (draft.reason !== 'DISCARDED') return refused(NOT_OPEN);
    return { orderId: draft.id, errors: [] };
  });
  committed();
  return result;
}
