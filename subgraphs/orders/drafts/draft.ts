import type { Query } from '@waybill/kernel/database.js';
import { accountOf, type Identity } from '@waybill/kernel/identity.js';
import { canSee } from '../access.js';
import type { OrdersDependencies } from '../dependencies.js';
import type { OrderStatus } from '../order.js';
import { lockOrders } from '../order-rows.js';
import type { DraftLine } from '../rules/draft-lines.js';
import type { ShippingAddress } from '../tables.js';
import { orderOfToken } from './guest-token.js';

export type DraftDependencies = Pick<OrdersDependencies, 'db' | 'commands' | 'committed'>;

/** Which draft: by its id, by a guest's token, or, with neither, the asker's own cart. */
export interface DraftRef {
  draftId?: string | undefined;
  token?: string | undefined;
}

/** A draft with all that it holds; also one that was placed or closed in the meantime. */
export interface Draft {
  id: string;
  status: OrderStatus;
  seq: number;
  currency: string;
  customerId: string | null;
  paymentMethod: string | null;
  contactEmail: string | null;
  shippingAddress: ShippingAddress | null;
  notify: boolean;
  reason: string | null;
  /** It can be opened with a token. */
  isGuests: boolean;
  /** What it was placed under; null until then. */
  placedBy: string | null;
  idempotencyKey: string | null;
  requestHash: string | null;
  lines: DraftLine[];
}

/** The id of the draft that is meant, if the asker may open it. */
export async function findDraft(
  query: Query,
  identity: Identity,
  { draftId, token }: DraftRef,
): Promise<string | undefined> {
  if (token !== undefined) {
    const id = await orderOfToken(query, token);
    return draftId === undefined || draftId === id ? id : undefined;
  }
  if (draftId !== undefined) return draftId;
  const own = accountOf(identity);
  return own === undefined ? undefined : cartOf(query, own);
}

/** The open cart of a person. */
export async function cartOf(query: Query, userId: string): Promise<string | undefined> {
  const [cart] = await cartsOf(query, [userId]);
  return cart ?? undefined;
}

/** Those of many, in the order of `userIds`; null where there is none. */
export async function cartsOf(
  query: Query,
  userIds: readonly string[],
): Promise<Array<string | null>> {
  const rows = await query<{ cart_of: string; order_id: string }>(
    'drafts.carts',
    'select cart_of, order_id from drafts where cart_of = any($1)',
    [userIds],
  );
  const byUser = new Map(rows.map((row) => [row.cart_of, row.order_id]));
  return userIds.map((userId) => byUser.get(userId) ?? null);
}

/** Locks the draft that is meant and reads it as it then is; undefined where it is not the asker's to open. */
export async function openDraft(
  query: Query,
  identity: Identity,
  ref: DraftRef,
): Promise<Draft | undefined> {
  const id = await findDraft(query, identity, ref);
  if (!id) return undefined;
  await lockOrders(query, [id]);
  // While this waited for the lock, the token or the cart may have come to mean another.
  return seeDraft(query, identity, { ...ref, draftId: id });
}

/** The draft that is meant, without a lock; undefined where it is not the asker's to see, or never was a draft. */
export async function seeDraft(
  query: Query,
  identity: Identity,
  ref: DraftRef,
): Promise<Draft | undefined> {
  const id = await findDraft(query, identity, ref);
  const draft = id && (await readDraft(query, id));
  if (!draft) return undefined;
  return ref.token !== undefined || canSee(identity, draft) ? draft : undefined;
}

/** For those who have made sure that it may be read. */
export async function readDraft(query: Query, id: string): Promise<Draft | undefined> {
  const [draft] = await query<Draft>('drafts.read', READ, [id]);
  return draft;
}

const READ = `
  select o.id, o.status, o.seq, o.currency, o.customer_id as "customerId", 
         (select payment_method from drafts d where d.order_id = o.id) as "paymentMethod",
         o.contact_email as "contactEmail", o.shipping_address as "shippingAddress", o.notify, o.reason,
         o.placed_by as "placedBy", o.idempotency_key as "idempotencyKey", o.request_hash as "requestHash",
         exists (select from guest_tokens t where t.order_id = o.id and t.merged_into is null) as "isGuests",
         coalesce((
           select json_agg(json_build_object(
             'lineNumber', line_number, 'kind', kind, 'sku', sku, 'productId', product_id, 'title', title,
             'quantity', quantity, 'unitPrice', unit_price, 'priceQuoted', price_quoted) order by line_number)
           from order_lines where order_id = o.id), '[]') as lines
  from orders o
  where o.id = $1 and exists (select from order_events e where e.order_id = o.id and e.seq = 1 and e.type = 'drafted')`;
