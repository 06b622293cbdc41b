import type { Query } from '@waybill/kernel/database.js';
import { accountOf, type Identity } from '@waybill/kernel/identity.js';
import { canSee } from '../access.js';
import type { OrdersDependencies } from '../dependencies.js';
import type { OrderStatus } from '../order.js';
import { lockOrders } from '../order-rows.js';
import type { DraftLine } from '../rules/draft-lines.js';
import { storefrontFor } from '../storefront-for.js';
import type { ShippingAddress } from '../tables.js';
import { orderOfToken } from './guest-token.js';

export type DraftDependencies = Pick<OrdersDependencies, 'db' | 'commands' | 'committed'>;

/** Which draft: by its id, by a guest's token, or, with neither, the asker's own cart in a storefront. */
export interface DraftRef {
  draftId?: string | undefined;
  token?: string | undefined;
  /** Bare id; see storefront-for.ts for who names none. */
  storefrontId?: string | undefined;
}

/** Whose cart, and where. */
export interface CartKey {
  userId: string;
  storefrontId: string;
}

/** A draft with all that it holds; also one that was placed or closed in the meantime. */
export interface Draft {
  id: string;
  status: OrderStatus;
  seq: number;
  currency: string;
  customerId: string | null;
  storefrontId: string;
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
  { draftId, token, storefrontId: named }: DraftRef,
): Promise<string | undefined> {
  if (token !== undefined) {
    const id = await orderOfToken(query, identity, token);
    return draftId === undefined || draftId === id ? id : undefined;
  }
  if (draftId !== undefined) return draftId;
  const userId = accountOf(identity);
  const storefrontId = storefrontFor(identity, named);
  if (userId === undefined || storefrontId === undefined) return undefined;
  return cartOf(query, { userId, storefrontId });
}

/** The open cart of a person in a storefront. */
export async function cartOf(query: Query, key: CartKey): Promise<string | undefined> {
  const [cart] = await cartsOf(query, [key]);
  return cart ?? undefined;
}

/** Those of many, in the order of `keys`; null where there is none. */
export async function cartsOf(
  query: Query,
  keys: readonly CartKey[],
): Promise<Array<string | null>> {
  const rows = await query<CartKey & { orderId: string }>(
    'drafts.carts',
    `select cart_of as "userId", storefront_id as "storefrontId", order_id as "orderId" from drafts
     where (cart_of, storefront_id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
    [keys.map(({ userId }) => userId), keys.map(({ storefrontId }) => storefrontId)],
  );
  const text = ({ userId, storefrontId }: CartKey) => `${userId} ${storefrontId}`;
  const carts = new Map(rows.map((row) => [text(row), row.orderId]));
  return keys.map((key) => carts.get(text(key)) ?? null);
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
         o.storefront_id as "storefrontId",
         (select payment_method from drafts d where d.order_id = o.id) as "paymentMethod",
         o.contact_email as "contactEmail", o.shipping_address as "shippingAddress", o.notify, o.reason,
         o.placed_by as "placedBy", o.idempotency_key as "idempotencyKey", o.request_hash as "requestHash",
         exists (select from guest_tokens t where t.order_id = o.id and t.merged_into is null) as "isGuests",
         coalesce((
           select json_agg(json_build_object(
             'lineNumber', line_number, 'kind', kind, 'sku', sku, 'productId', product_id, 'title', title,
             'quantity', quantity, 'unitPrice', unit_price, 'priceId', price_id,
             'priceQuoted', price_quoted) order by line_number)
           from order_lines where order_id = o.id), '[]') as lines
  from orders o
  where o.id = $1 and exists (select from order_events e where e.order_id = o.id and e.seq = 1 and e.type = 'drafted')`;
