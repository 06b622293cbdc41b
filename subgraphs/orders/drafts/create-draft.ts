import { userError } from '@waybill/kernel/graphql/user-error.js';
import { accountOf, type Identity, isStaff } from '@waybill/kernel/identity.js';
import { checkCustomer, quoteItems } from '../place-order.js';
import { storefrontFor, UNKNOWN_STOREFRONT } from '../storefront-for.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import { type NewDraft, newDraft } from './begin-draft.js';
import { applyChange, changeDraft, type DraftResult } from './change-draft.js';
import { checkChange, type DraftChange } from './check-change.js';
import type { DraftDependencies } from './draft.js';
import { newToken } from './guest-token.js';

export interface NewDraftRequest {
  /** Staff may begin one for a customer, or for a guest (null); undefined means the one who asks. */
  customerId?: string | null | undefined;
  /** Bare id; see storefront-for.ts for who names none. */
  storefrontId?: string | null | undefined;
  change: DraftChange;
}

export type CreateDraftResult = DraftResult & {
  /** Opens a guest's draft from now on; it cannot be read again. Null for all others. */
  token: string | null;
};

/**
 * Begins a draft: one with a token for somebody who is not logged in, one of many for staff. A customer has one open
 * cart in each storefront: what is asked is added to it.
 */
export async function createDraft(
  dependencies: DraftDependencies,
  identity: Identity,
  request: NewDraftRequest,
): Promise<CreateDraftResult> {
  const { change, customerId } = request;
  const storefrontId = storefrontFor(identity, request.storefrontId);
  const forOthers = customerId !== undefined && !isStaff(identity) ? [STAFF_ONLY] : [];
  const errors = [...checkChange(change, identity), ...forOthers];
  if (errors.length > 0) return { orderId: null, token: null, errors };
  if (!storefrontId) return { orderId: null, token: null, errors: [UNKNOWN_STOREFRONT] };
  if (identity.kind !== 'anonymous' && !isStaff(identity)) {
    return {
      ...(await changeDraft(dependencies, identity, { storefrontId }, change)),
      token: null,
    };
  }
  const { db, commands, committed } = dependencies;
  const [quotes, customer] = await Promise.all([
    quoteItems(commands, storefrontId, change.lines),
    checkCustomer(commands, identity, { customerId, storefrontId }),
  ]);
  const unknown = [...customer.errors, ...(quotes ? [] : [UNKNOWN_STOREFRONT])];
  if (!quotes || unknown.length > 0) return { orderId: null, token: null, errors: unknown };
  const draft = draftFor(identity, customerId, storefrontId);
  const result = await db.transaction((query) =>
    applyChange(query, identity, draft, change, quotes.items),
  );
  committed();
  return { ...result, token: result.orderId ? draft.token : null };
}

const STAFF_ONLY: OrdersUserError = userError(
  Code.FORBIDDEN,
  'Only staff may order for somebody else.',
  ['customerId'],
);

function draftFor(
  identity: Identity,
  customerId: string | null | undefined,
  storefrontId: string,
): NewDraft {
  if (identity.kind === 'anonymous') {
    return newDraft({ customerId: null, storefrontId, token: newToken() });
  }
  const own = accountOf(identity) ?? null;
  return newDraft({ customerId: customerId === undefined ? own : customerId, storefrontId });
}
