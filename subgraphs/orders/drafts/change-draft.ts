import type { Query } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { accountOf, type Identity } from '@waybill/kernel/identity.js';
import type { QuotedItem } from '@waybill/schema/commands.js';
import { actorOf } from '../access.js';
import { quoteItems } from '../place-order.js';
import { changed, isOpen, opened } from '../rules/draft.js';
import { changedLines, totalOf } from '../rules/draft-lines.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import { insertDraft, lockCartOf, type NewDraft, newDraft } from './begin-draft.js';
import { checkChange, checkDetails, type DraftChange } from './check-change.js';
import { type Draft, type DraftDependencies, type DraftRef, openDraft } from './draft.js';
import { nextLines } from './next-lines.js';
import { record, writeDetails, writeLines } from './write-draft.js';

/** What it came to: the draft, or why nothing was done. */
export type DraftResult =
  | { orderId: string; errors: [] }
  | { orderId: null; errors: OrdersUserError[] };

export function refused(...errors: OrdersUserError[]): DraftResult {
  return { orderId: null, errors };
}

export const NO_SUCH_DRAFT = userError(Code.NOT_FOUND, 'There is no such draft.', ['draftId']);

/** It was placed or closed. */
export const NOT_OPEN = userError(Code.INVALID_STATE, 'It is no draft any more.', ['draftId']);

/**
 * Changes a draft: its lines, its charges, where it goes and how it is paid. The catalog is asked once for all SKUs.
 * Without a reference the draft is the asker's own cart, which begins with its first change.
 */
export async function changeDraft(
  { db, commands, committed }: DraftDependencies,
  identity: Identity,
  ref: DraftRef,
  change: DraftChange,
): Promise<DraftResult> {
  const errors = checkChange(change, identity);
  if (errors.length > 0) return refused(...errors);
  const items = await quoteItems(commands, change.lines);
  const result = await db.transaction(async (query) => {
    const draft = await openOrBegin(query, identity, ref);
    return draft ? applyChange(query, identity, draft, change, items) : refused(NO_SUCH_DRAFT);
  });
  committed();
  return result;
}

async function openOrBegin(
  query: Query,
  identity: Identity,
  ref: DraftRef,
): Promise<Draft | NewDraft | undefined> {
  const open = await openDraft(query, identity, ref);
  const named = ref.draftId !== undefined || ref.token !== undefined;
  const own = accountOf(identity);
  if (open || named || own === undefined) return open;
  await lockCartOf(query, own);
  // Somebody else of the same name may have been quicker.
  return (await openDraft(query, identity, ref)) ?? newDraft({ customerId: own, cartOf: own });
}

/** Changes a draft that is locked or new; nothing is written where that is refused. */
export async function applyChange(
  query: Query,
  identity: Identity,
  draft: Draft | NewDraft,
  change: DraftChange,
  items: ReadonlyMap<string, QuotedItem | null>,
): Promise<DraftResult> {
  if (!isOpen(draft)) return refused(NOT_OPEN);
  const next = nextLines(draft, change, items);
  const errors = [...('errors' in next ? next.errors : []), ...checkDetails(draft, change)];
  if ('errors' in next || errors.length > 0) return refused(...errors);

  const lines = changedLines(draft.lines, next.lines);
  const fields = Object.keys(change.details);
  const data = { lines, ...(fields.length > 0 && { fields }) };
  const isNew = 'cartOf' in draft;
  if (!isNew && lines.length === 0 && fields.length === 0) return { orderId: draft.id, errors: [] };
  if (isNew) await insertDraft(query, draft);
  if (fields.length > 0) await writeDetails(query, draft.id, change.details);
  if (lines.length > 0) await writeLines(query, draft.id, next.lines);
  const total = totalOf(next.lines);
  await record(query, draft.id, actorOf(identity), (order) =>
    isNew ? opened(order, total, data) : changed(order, total, data),
  );
  return { orderId: draft.id, errors: [] };
}
