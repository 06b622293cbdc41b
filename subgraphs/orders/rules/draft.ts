import { type Decision, moved, noted } from '../decision.js';
import { type OrderState, TERMINAL } from '../order.js';
import { OrdersErrorCode as Code } from '../user-errors.js';
import { notNow } from './not-now.js';
import { type Refusal, refusal } from './refusal.js';

/** Why a draft ended without having been placed. */
export type CloseReason = 'DISCARDED' | 'MERGED' | 'DRAFT_EXPIRED';

/** Whether it can be filled, placed and thrown away. */
export const isOpen = ({ status }: Pick<OrderState, 'status'>) => status === 'DRAFT';

/** Why it cannot be changed as a draft. */
export function refuseDraft(order: OrderState): Refusal | undefined {
  if (isOpen(order)) return undefined;
  if (TERMINAL.includes(order.status)) return notNow(order);
  return refusal('ALREADY_PLACED', 'It was placed already.', 'Begin another: createDraft.');
}

/** Why it cannot be placed, as far as that does not hang on the catalog: for the rest see its quote. */
export function refusePlacing(order: OrderState & { lines: object[] }): Refusal | undefined {
  return refuseDraft(order) ?? refuseEmpty(order.lines);
}

export function refuseEmpty(lines: object[]): Refusal | undefined {
  if (lines.length > 0) return undefined;
  const error = { code: Code.EMPTY_ORDER, field: ['lines'] };
  const message = 'An order needs at least one line.';
  return refusal('EMPTY', message, 'Put something in: addDraftLines.', error);
}

/** The first event of an order that begins as a draft; `data` as with `changed`. */
export function opened(draft: OrderState, total: number, data: object): Decision {
  return withPatch(noted(draft, 'drafted', data), { total });
}

/** `data` says what was changed: lines as they are now, with 0 units where removed, and the names of other fields. */
export function changed(draft: OrderState, total: number, data: object): Decision {
  return withPatch(noted(draft, 'draft_changed', data), { total });
}

/** It has taken up what another draft held (`from`), or has become `customerId`'s own. */
export function merged(
  draft: OrderState,
  total: number,
  data: { from: string; lines: object[] } | { customerId: string },
): Decision {
  return withPatch(noted(draft, 'draft_merged', data), { total });
}

/** Ends a draft; the event is its own, since nobody is told by mail that a cart was not used. */
export function closed(draft: OrderState, reason: CloseReason, data: object = {}): Decision {
  const decision = moved(draft, ['EXPIRED'], { reason });
  return { ...decision, facts: [{ type: 'draft_closed', to: 'EXPIRED', reason, data }] };
}

/** `data` is what every placed order begins with. */
export function placed(
  draft: OrderState,
  priced: Pick<OrderState, 'total' | 'payments'>,
  data: object,
): Decision {
  const decision = moved(draft, ['PENDING'], priced);
  return { ...decision, facts: [{ type: 'placed', to: 'PENDING', data }] };
}

function withPatch(decision: Decision, patch: Partial<OrderState>): Decision {
  return { ...decision, patch: { ...decision.patch, ...patch } };
}
