import type { Query } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type Account, accountOf, isWithin } from '@waybill/kernel/identity.js';
import { actorOf } from '../access.js';
import { lockOrders } from '../order-rows.js';
import { closed, merged } from '../rules/draft.js';
import { changedLines, checkSize, mergeLines, totalOf } from '../rules/draft-lines.js';
import { OrdersErrorCode as Code } from '../user-errors.js';
import { lockCartOf } from './begin-draft.js';
import { type DraftResult, NOT_OPEN, refused } from './change-draft.js';
import { cartOf, type Draft, type DraftDependencies, readDraft } from './draft.js';
import { tokenHash } from './guest-token.js';
import { forgetEnded, record, writeDetails, writeLines } from './write-draft.js';

const UNKNOWN_TOKEN = userError(Code.NOT_FOUND, 'There is no such draft.', ['token']);

/**
 * What a guest filled becomes the cart, in its storefront, of the person who has logged in: it is added to the cart that they have, or
 * becomes it. The token opens nothing any more. Asked again by the same person, it answers the same.
 */
export async function mergeDraft(
  { db, committed }: DraftDependencies,
  owner: Account,
  { token }: { token: string },
): Promise<DraftResult> {
  const result = await db.transaction((query) => merge(query, owner, tokenHash(token)));
  committed();
  return result;
}

async function merge(query: Query, owner: Account, hash: string): Promise<DraftResult> {
  const userId = accountOf(owner);
  await lockCartOf(query, userId);
  const token = await readToken(query, hash);
  if (!token || !isWithin(owner, token.storefrontId)) return refused(UNKNOWN_TOKEN);
  const { orderId: guestsId, storefrontId } = token;
  const cartId = await cartOf(query, { userId, storefrontId });
  await lockOrders(query, cartId ? [guestsId, cartId] : [guestsId]);
  const { mergedInto } = (await readToken(query, hash)) ?? {};
  if (mergedInto) return mergedEarlier(query, owner, mergedInto);

  const guests = await readDraft(query, guestsId);
  if (guests?.status !== 'DRAFT') return refused(NOT_OPEN);
  const cart = cartId && (await readDraft(query, cartId));
  return cart && cart.status === 'DRAFT'
    ? joinCarts(query, owner, cart, guests)
    : takeOver(query, owner, guests);
}

async function readToken(query: Query, hash: string) {
  const [row] = await query<{ orderId: string; storefrontId: string; mergedInto: string | null }>(
    'guest.token',
    `select order_id as "orderId", storefront_id as "storefrontId", merged_into as "mergedInto"
     from guest_tokens join orders on orders.id = order_id where hash = $1`,
    [hash],
  );
  return row;
}

async function mergedEarlier(query: Query, owner: Account, id: string): Promise<DraftResult> {
  const draft = await readDraft(query, id);
  return draft?.customerId === accountOf(owner)
    ? { orderId: id, errors: [] }
    : refused(UNKNOWN_TOKEN);
}

/** The guest's draft becomes the person's cart as it is. */
async function takeOver(query: Query, owner: Account, { id, lines }: Draft): Promise<DraftResult> {
  const customerId = accountOf(owner);
  await query(
    'drafts.take-over',
    `with cart as (update drafts set cart_of = $2 where order_id = $1)
     update orders set customer_id = $2, of_partner = $3, contact_email = null where id = $1`,
    [id, customerId, owner.kind === 'partner'],
  );
  await record(query, id, actorOf(owner), (order) => merged(order, totalOf(lines), { customerId }));
  await closeTokens(query, id, id);
  return { orderId: id, errors: [] };
}

/** Units of the same SKU add up; of all else, what the cart says counts, and the guest's where it says nothing. */
async function joinCarts(
  query: Query,
  owner: Account,
  cart: Draft,
  guests: Draft,
): Promise<DraftResult> {
  const currency = cart.lines.length === 0 ? guests.currency : cart.currency;
  if (guests.lines.length > 0 && guests.currency !== currency) {
    const message = `Your cart is priced in ${currency}, this draft in ${guests.currency}.`;
    return refused(userError(Code.CURRENCY_MISMATCH, message, ['token']));
  }
  const lines = mergeLines(cart.lines, guests.lines);
  const errors = checkSize(lines, false, ['token']);
  if (errors.length > 0) return refused(...errors);

  await writeDetails(query, cart.id, {
    currency,
    paymentMethod: cart.paymentMethod ?? guests.paymentMethod,
    shippingAddress: cart.shippingAddress ?? guests.shippingAddress,
  });
  await writeLines(query, cart.id, lines);
  const data = { from: guests.id, lines: changedLines(cart.lines, lines) };
  await record(query, cart.id, actorOf(owner), (order) => merged(order, totalOf(lines), data));
  await record(query, guests.id, actorOf(owner), (order) =>
    closed(order, 'MERGED', { into: cart.id }),
  );
  await forgetEnded(query, [guests.id]);
  await closeTokens(query, guests.id, cart.id);
  return { orderId: cart.id, errors: [] };
}

async function closeTokens(query: Query, orderId: string, into: string): Promise<void> {
  await query('guest.merged', 'update guest_tokens set merged_into = $2 where order_id = $1', [
    orderId,
    into,
  ]);
}
