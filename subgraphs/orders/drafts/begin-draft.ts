import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Draft } from './draft.js';
import { tokenHash } from './guest-token.js';

export const DEFAULT_CURRENCY = 'GBP';

/** A draft that is not stored yet. */
export interface NewDraft extends Draft {
  seq: 0;
  /** Whose cart it is: a person has one in each storefront. Null for a guest's and for what staff put together. */
  cartOf: string | null;
  /** Whether its customer is a partner. */
  ofPartner: boolean;
  token: string | null;
}

export function newDraft(owner: {
  customerId: string | null;
  storefrontId: string;
  cartOf?: string;
  ofPartner?: boolean;
  token?: string;
}): NewDraft {
  const { customerId, storefrontId, cartOf = null, ofPartner = false, token = null } = owner;
  return {
    id: newId(),
    status: 'DRAFT',
    seq: 0,
    currency: DEFAULT_CURRENCY,
    customerId,
    storefrontId,
    paymentMethod: null,
    contactEmail: null,
    shippingAddress: null,
    notify: true,
    reason: null,
    isGuests: token !== null,
    placedBy: null,
    idempotencyKey: null,
    requestHash: null,
    lines: [],
    cartOf,
    ofPartner,
    token,
  };
}

/** The row of a new draft, before its first event: `placed_at` is set when it is placed, and so is its number for people. */
export async function insertDraft(query: Query, draft: NewDraft): Promise<void> {
  await query(
    'drafts.insert',
    `insert into orders (id, status, seq, customer_id, storefront_id, of_partner, currency, total, notify, placed_at)
     values ($1, 'DRAFT', 0, $2, $3, $4, $5, 0, true, 'infinity')`,
    [draft.id, draft.customerId, draft.storefrontId, draft.ofPartner, draft.currency],
  );
  const open = 'insert into drafts (order_id, cart_of, storefront_id) values ($1, $2, $3)';
  await query('drafts.open', open, [draft.id, draft.cartOf, draft.storefrontId]);
  if (draft.token === null) return;
  await query('guest.insert', 'insert into guest_tokens (hash, order_id) values ($1, $2)', [
    tokenHash(draft.token),
    draft.id,
  ]);
}

/** From here to the end of the transaction nobody else begins this person's cart, nor makes another draft theirs. */
export async function lockCartOf(query: Query, userId: string): Promise<void> {
  await query(
    'drafts.lock-cart',
    `select pg_advisory_xact_lock(hashtextextended('cart ' || $1, 0))`,
    [userId],
  );
}
