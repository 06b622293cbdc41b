import { createHash } from 'node:crypto';
import { isUniqueViolation, type Query } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { accountOf, type Identity } from '@waybill/kernel/identity.js';
import { actorOf } from '../access.js';
import { changeWithin } from '../change-orders.js';
import { type PaymentsRequest, splitPayments } from '../check-payments.js';
import { checkKey, checkTexts } from '../check-texts.js';
import type { OrdersDependencies } from '../dependencies.js';
import { placedData } from '../insert-orders.js';
import type { CaptureOn, OrderPayment, OrderState } from '../order.js';
import { checkCustomer, KEY_TAKEN, quoteItems } from '../place-order.js';
import { isOpen, placed } from '../rules/draft.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import { workflowFor } from '../workflows/workflow-for.js';
import { NO_SUCH_DRAFT, NOT_OPEN } from './change-draft.js';
import { checkPlaceable } from './check-placeable.js';
import { type Draft, type DraftRef, openDraft, seeDraft } from './draft.js';
import { type DraftQuote, quoteDraft } from './quote-draft.js';
import { forgetOpen, writeLines } from './write-draft.js';

export interface DraftPlacement extends DraftRef {
  idempotencyKey: string;
  /** What the asker was shown, as a decimal: where it costs something else by now, nothing is placed. */
  expectedTotal?: string | null | undefined;
  /** In place of the draft's payment method: several, which add up to the total. */
  payments?: PaymentsRequest['payments'];
}

/** `orderId` names the draft also where it was refused: what it costs now can be read from it. */
export interface PlaceDraftResult {
  orderId: string | null;
  errors: OrdersUserError[];
}

type Dependencies = Pick<
  OrdersDependencies,
  'db' | 'commands' | 'committed' | 'findByKey' | 'captureOn' | 'workflows'
>;

/** A draft that was changed between being priced and being placed is priced anew. */
const ATTEMPTS = 5;

/**
 * Places a draft: its prices become those of this moment and never change again, and its life goes on like that of any
 * order. Refused, it stays a draft. The same key and request answer the same order again.
 */
export async function placeDraft(
  dependencies: Dependencies,
  identity: Identity,
  placement: DraftPlacement,
): Promise<PlaceDraftResult> {
  const { idempotencyKey } = placement;
  const texts = { idempotencyKey, payments: placement.payments };
  const invalid = [...checkKey(idempotencyKey), ...checkTexts(texts)];
  if (invalid.length > 0) return { orderId: null, errors: invalid };
  const before = await earlier(dependencies, identity, placement);
  if (before) return before;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const result = await tryToPlace(dependencies, identity, placement);
    if (result) return result;
  }
  return { orderId: null, errors: [BUSY] };
}

const BUSY = userError(Code.INVALID_STATE, 'The draft is being changed: ask again.', ['draftId']);

/** What became of the same person's request with this key, if there was one. */
async function earlier(
  { findByKey }: Dependencies,
  identity: Identity,
  placement: DraftPlacement,
): Promise<PlaceDraftResult | undefined> {
  const placedBy = accountOf(identity);
  if (placedBy === undefined) return undefined;
  const key = { placedBy, key: placement.idempotencyKey };
  const stored = await findByKey(key);
  return stored && answer(stored.order.id, stored.requestHash, placement);
}

/** Undefined where the draft was changed in the meantime. */
async function tryToPlace(
  dependencies: Dependencies,
  identity: Identity,
  placement: DraftPlacement,
): Promise<PlaceDraftResult | undefined> {
  const { db, commands, committed } = dependencies;
  const again = (refusal: PlaceDraftResult) =>
    earlier(dependencies, identity, placement).then((before) => before ?? refusal);
  const draft = await seeDraft(db.query, identity, placement);
  // The same request may have placed the cart a moment ago.
  if (!draft) return again({ orderId: null, errors: [NO_SUCH_DRAFT] });
  if (!isOpen(draft)) return moved(draft, identity, placement);
  const goods = draft.lines.filter(({ kind }) => kind === 'PRODUCT');
  const { storefrontId } = draft;
  const customerId = othersOf(draft.customerId, identity);
  const [quotes, customer] = await Promise.all([
    quoteItems(commands, storefrontId, goods),
    checkCustomer(commands, undefined, { customerId, storefrontId }),
  ]);
  const workflow = await workflowFor(dependencies.workflows, draft.storefrontId);
  const { workflowId } = workflow;
  const captureOn = workflow.captureOn ?? quotes?.captureOn ?? dependencies.captureOn;
  const quote = quoteDraft(draft.lines, draft.currency, quotes?.items ?? new Map());
  const { expectedTotal, payments } = placement;
  const { currency, paymentMethod } = draft;
  const asked = { currency, payments, paymentMethod: payments ? null : paymentMethod };
  const refused = [
    ...checkPlaceable(draft, quote, { ...asked, expectedTotal }),
    ...customer.errors,
  ];
  const paid = refused.length > 0 ? { errors: refused } : splitPayments(asked, quote.total);
  if ('errors' in paid) {
    const now = await seeDraft(db.query, identity, placement);
    return now?.seq === draft.seq ? { orderId: draft.id, errors: paid.errors } : undefined;
  }
  const isPlaced = await db
    .transaction((query) =>
      place(query, identity, placement, draft, {
        ...{ ...quote, ...paid, captureOn, workflowId, isKnown: customer.isKnown },
      }),
    )
    .catch(keyTaken);
  committed();
  if (isPlaced === 'key taken') return again({ orderId: draft.id, errors: [KEY_TAKEN] });
  return isPlaced ? { orderId: draft.id, errors: [] } : undefined;
}

/** The customer whose account is to be looked up: not a partner's own, which is known by its key. */
function othersOf(customerId: string | null, identity: Identity): string | null {
  return identity.kind === 'partner' && identity.partnerId === customerId ? null : customerId;
}

/** The same person placed something else under this key at the same moment. */
function keyTaken(error: { code?: unknown }): 'key taken' {
  if (isUniqueViolation(error)) return 'key taken';
  throw error;
}

/** What the order will cost, and how and when that is paid. */
interface Terms extends DraftQuote {
  payments: OrderPayment[];
  captureOn: CaptureOn;
  isKnown: boolean;
  /** Bare id; null for the default one. */
  workflowId: string | null;
}

async function place(
  query: Query,
  identity: Identity,
  placement: DraftPlacement,
  seen: Draft,
  { lines: quoted, total, payments, captureOn, workflowId, isKnown }: Terms,
): Promise<boolean> {
  const draft = await openDraft(query, identity, { ...placement, draftId: seen.id });
  if (draft?.seq !== seen.seq) return false;
  const lines = quoted.map(({ line }) => line);
  await writeLines(query, draft.id, lines);
  // A number is given to each row; the one that people use is that of the moment of placement.
  await query(
    'drafts.place',
    `update orders set placed_by = $2, idempotency_key = $3, request_hash = $4, capture_on = $5,
       workflow_id = $6, placed_at = now(), number = default
     where id = $1`,
    [
      ...[draft.id, accountOf(identity) ?? null, placement.idempotencyKey, hashOf(placement)],
      ...[captureOn, workflowId],
    ],
  );
  const decide = (order: OrderState) =>
    placed(order, { total, payments }, placedData(order, lines, isKnown));
  await changeWithin(query, [{ orderId: draft.id, actor: actorOf(identity), decide }]);
  await forgetOpen(query, [draft.id]);
  return true;
}

/** It is no draft any more: placed by this very request, or by another, or closed. */
function moved(draft: Draft, identity: Identity, placement: DraftPlacement): PlaceDraftResult {
  const placedBy = accountOf(identity) ?? null;
  const sameKey = draft.placedBy === placedBy && draft.idempotencyKey === placement.idempotencyKey;
  if (sameKey) return answer(draft.id, draft.requestHash, placement);
  return { orderId: draft.id, errors: [NOT_OPEN] };
}

function answer(orderId: string, hash: string | null, placement: DraftPlacement): PlaceDraftResult {
  if (hash === hashOf(placement)) return { orderId, errors: [] };
  return { orderId: null, errors: [KEY_TAKEN] };
}

function hashOf({ draftId, storefrontId, expectedTotal, payments }: DraftPlacement): string {
  const parts = payments?.map(({ method, amount }) => [method, amount]) ?? null;
  const text = JSON.stringify([
    ...['draft', draftId ?? null, expectedTotal ?? null, parts],
    ...(storefrontId ? [storefrontId] : []),
  ]);
  return createHash('sha256').update(text).digest('base64url');
}
