import type { Query } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { accountOf, type Identity } from '@waybill/kernel/identity.js';
import type { QuotedItem } from '@waybill/schema/commands.js';
import { actorOf } from '../access.js';
import { type Quotes, quoteItems } from '../place-order.js';
import { changed, isOpen, opened } from '../rules/draft.js';
import { changedLines, totalOf } from '../rules/draft-lines.js';
import { storefrontFor, UNKNOWN_STOREFRONT } from '../storefront-for.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import { insertDraft, lockCartOf, type NewDraft, newDraft } from './begin-draft.js';
import { checkChange, checkDetails, type DraftChange } from './check-change.js';
import { type Draft, type DraftDependencies, type DraftRef, openDraft, seeDraft } from './draft.js';
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
  const storefrontId = await soldIn(db.query, identity, ref);
  if (!storefrontId) return refused(isNamed(ref) ? NO_SUCH_DRAFT : UNKNOWN_STOREFRONT);
  const isQuoted = change.lines.length > 0 || !isNamed(ref);
  const quotes = isQuoted ? await quoteItems(commands, storefrontId, change.lines) : NO_QUOTES;
  if (!quotes) return refused(UNKNOWN_STOREFRONT);
  const result = await db.transaction(async (query) => {
    const draft = await openOrBegin(query, identity, { ...ref, storefrontId });
    if (!draft) return refused(NO_SUCH_DRAFT);
    return applyChange(query, identity, draft, change, quotes.items);
  });
  committed();
  return result;
}

const NO_QUOTES: Quotes = { captureOn: null, items: new Map() };

const isNamed = ({ draftId, token }: DraftRef) => draftId !== undefined || token !== undefined;

/** Where the draft that is meant is to be placed; undefined where it, or the storefront, is not the asker's. */
async function soldIn(query: Query, identity: Identity, ref: DraftRef) {
  if (!isNamed(ref)) return storefrontFor(identity, ref.storefrontId);
  return (await seeDraft(query, identity, ref))?.storefrontId;
}

async function openOrBegin(
  query: Query,
  identity: Identity,
  ref: DraftRef & { storefrontId: string },
): Promise<Draft | NewDraft | undefined> {
  const open = await openDraft(query, identity, ref);
  const own = accountOf(identity);
  if (open || isNamed(ref) || own === undefined) return open;
  await lockCartOf(query, own);
  const { storefrontId } = ref;
  // Somebody else of the same name may have been quicker.
  const cart = await openDraft(query, identity, ref);
  return (
    cart ??
    newDraft({ customerId: own, storefrontId, cartOf: own, ofPartner: identity.kind === 'partner' })
  );
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
