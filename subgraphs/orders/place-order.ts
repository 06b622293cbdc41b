import { createHash } from 'node:crypto';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { KEY_CONFLICT } from '@waybill/kernel/idempotency.js';
import {
  type Account,
  accountOf,
  type Identity,
  isStaff,
  isWithin,
  realmsOf,
} from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { QuotedItem } from '@waybill/schema/commands.js';
import { actorOf } from './access.js';
import { checkAddress } from './check-address.js';
import { checkPayments, type PaymentsRequest, splitPayments } from './check-payments.js';
import { checkKey, checkTexts } from './check-texts.js';
import type { OrdersDependencies } from './dependencies.js';
import type { NewOrder, Stored } from './insert-orders.js';
import type { CaptureOn } from './order.js';
import { checkLines, type LinesRequest, quoteLines } from './quote-lines.js';
import { storefrontFor, UNKNOWN_STOREFRONT } from './storefront-for.js';
import type { OrderRow, ShippingAddress } from './tables.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';
import { workflowFor } from './workflows/workflow-for.js';

export interface Placement extends LinesRequest, PaymentsRequest {
  idempotencyKey: string;
  /** Where it is ordered, by bare id; see storefront-for.ts for who names none. */
  storefrontId?: string | null | undefined;
  /** The quote that is placed, by bare id; see place-quote.ts. */
  quoteId?: string | undefined;
  /** Staff may order for a customer, or for a guest (null); undefined means the one who asks. */
  customerId?: string | null | undefined;
  shippingAddress?: ShippingAddress | null | undefined;
  notifyCustomer: boolean;
  /** When the money is taken; staff may choose, else the shop's setting counts. */
  captureOn?: CaptureOn | null | undefined;
}

export type PlaceOrderResult =
  | { order: OrderRow; repeated: boolean; errors: [] }
  | { order: null; errors: OrdersUserError[] };

/** What placing an order works with. */
export type PlacingDependencies = Pick<
  OrdersDependencies,
  'commands' | 'insertOrder' | 'findByKey' | 'captureOn' | 'workflows'
>;

/**
 * Places an order and answers at once; reservation and payment follow as jobs. The same key and request answer the
 * same order again; the same key with another request is a conflict. Nothing is stored for a refused request.
 */
export async function placeOrder(
  { commands, insertOrder, findByKey, captureOn, workflows }: PlacingDependencies,
  identity: Account,
  placement: Placement,
): Promise<PlaceOrderResult> {
  const refused = checkPlacement(placement, identity);
  if (refused.length > 0) return { order: null, errors: refused };
  const storefrontId = storefrontFor(identity, placement.storefrontId);
  if (!storefrontId) return { order: null, errors: [UNKNOWN_STOREFRONT] };

  const [quotes, customer, { workflowId, captureOn: byWorkflow }] = await Promise.all([
    quoteItems(commands, storefrontId, placement.lines),
    checkCustomer(commands, identity, { customerId: placement.customerId, storefrontId }),
    workflowFor(workflows, storefrontId),
  ]);
  const quoted = quotes ? quoteLines(placement, quotes.items) : { errors: [UNKNOWN_STOREFRONT] };
  const paid = 'errors' in quoted ? quoted : splitPayments(placement, quoted.total);
  const errors = [...('errors' in paid ? paid.errors : []), ...customer.errors];
  if ('errors' in quoted || 'errors' in paid || errors.length > 0) {
    return keptAnswer(findByKey, identity, placement, errors);
  }

  const { isKnown } = customer;
  const agreed = byWorkflow ?? quotes?.captureOn ?? captureOn;
  const shop = { captureOn: agreed, storefrontId, workflowId, isKnown };
  const order = newOrder(placement, placement, identity, { ...quoted, ...paid, ...shop });
  return answer(await insertOrder(order), order.requestHash);
}

/** The catalog may have changed since a key was first used: then its answer stands, and no error counts. */
export async function keptAnswer(
  findByKey: OrdersDependencies['findByKey'],
  identity: Account,
  placement: Placement,
  errors: OrdersUserError[],
): Promise<PlaceOrderResult> {
  const before = await findByKey({ placedBy: accountOf(identity), key: placement.idempotencyKey });
  return before ? answer(before, requestHash(placement)) : { order: null, errors };
}

/** What is stored now; undefined where the quote was placed before, under another key. */
export function answer(stored: Stored | undefined, hash: string): PlaceOrderResult {
  if (!stored) return { order: null, errors: [QUOTE_USED] };
  if (stored.requestHash === hash)
    return { order: stored.order, repeated: stored.repeated, errors: [] };
  return { order: null, errors: [KEY_TAKEN] };
}

const QUOTE_USED = userError(Code.QUOTE_USED, 'This quote was placed before.', ['quoteId']);

export const KEY_TAKEN = userError(Code.IDEMPOTENCY_CONFLICT, KEY_CONFLICT, ['idempotencyKey']);

/** `asked` is what counts as the same request, `placement` what follows from it. */
export function newOrder(
  asked: Placement,
  placement: Placement,
  identity: Account,
  {
    captureOn,
    ...quoted
  }: Pick<
    NewOrder,
    'lines' | 'total' | 'payments' | 'captureOn' | 'storefrontId' | 'workflowId' | 'isKnown'
  >,
): NewOrder {
  const { customerId = accountOf(identity) } = placement;
  return {
    id: newId(),
    eventId: newId(),
    placedBy: accountOf(identity),
    actor: actorOf(identity),
    idempotencyKey: placement.idempotencyKey,
    requestHash: requestHash(asked),
    quoteId: placement.quoteId ?? null,
    customerId,
    ofPartner: identity.kind === 'partner',
    currency: placement.currency,
    ...quoted,
    captureOn: placement.captureOn ?? captureOn,
    notify: placement.notifyCustomer,
    shippingAddress: placement.shippingAddress ?? null,
  };
}

/** What can be refused without asking another context. */
export function checkPlacement(placement: Placement, identity: Identity): OrdersUserError[] {
  const errors = [
    ...checkLines(placement),
    ...checkKey(placement.idempotencyKey),
    ...checkPayments(placement),
    ...checkAddress(placement.shippingAddress),
    ...checkTexts(placement),
  ];
  return isStaff(identity) ? errors : [...errors, ...staffOnly(placement)];
}

function staffOnly({ lines, charges, customerId, captureOn }: Placement): OrdersUserError[] {
  const errors: OrdersUserError[] = [];
  const refuse = (message: string, ...field: string[]) =>
    errors.push(userError(Code.FORBIDDEN, message, field));
  lines.forEach((line, i) => {
    if (line.quotedUnitPrice != null)
      refuse('Only staff may quote prices.', 'lines', `${i}`, 'quotedUnitPrice');
  });
  if (charges.length > 0) refuse('Only staff may add charges.', 'charges');
  if (captureOn != null) refuse('Only staff may say when the money is taken.', 'captureOn');
  if (customerId !== undefined) refuse('Only staff may order for somebody else.', 'customerId');
  return errors;
}

/** What the catalog says of a storefront and of SKUs there. */
export interface Quotes {
  /** When the storefront has money taken; null as the deployment does it. */
  captureOn: CaptureOn | null;
  /** By SKU; null where nothing of it is for sale. */
  items: ReadonlyMap<string, QuotedItem | null>;
}

/** What the catalog says of these lines' SKUs today, asked for together; undefined where there is no such storefront. */
export async function quoteItems(
  { catalog }: Pick<OrdersDependencies['commands'], 'catalog'>,
  storefrontId: string,
  lines: ReadonlyArray<{ sku: string }>,
): Promise<Quotes | undefined> {
  const skus = [...new Set(lines.map((line) => line.sku))];
  if (skus.length === 0) {
    const storefront = await catalog.describeStorefront({ storefrontId });
    return storefront ? { captureOn: storefront.captureOn, items: new Map() } : undefined;
  }
  const quotes = await Promise.all(skus.map((sku) => catalog.quoteItem({ sku, storefrontId })));
  const [first] = quotes;
  if (!first) return undefined;
  return {
    captureOn: first.captureOn,
    items: new Map(skus.map((sku, i) => [sku, quotes[i]?.item ?? null])),
  };
}

export interface CheckedCustomer {
  errors: OrdersUserError[];
  /** Whether they are known where they order, for certain. */
  isKnown: boolean;
}

/** A guest needs no account. Staff of certain storefronts order for customers whom one of these knows. */
export async function checkCustomer(
  { users }: Pick<OrdersDependencies['commands'], 'users'>,
  /** Undefined where the customer had to do with the storefront before. */
  identity: Identity | undefined,
  { customerId, storefrontId }: { customerId: string | null | undefined; storefrontId: string },
): Promise<CheckedCustomer> {
  if (customerId == null) return { errors: [], isKnown: false };
  const customer = await users.findCustomer({ userId: customerId });
  const knownAt = customer?.knownAt ?? [];
  const maySee = !identity || !realmsOf(identity) || knownAt.some((id) => isWithin(identity, id));
  if (customer && maySee) return { errors: [], isKnown: knownAt.includes(storefrontId) };
  const error = userError(Code.UNKNOWN_CUSTOMER, 'There is no such customer.', ['customerId']);
  return { errors: [error], isKnown: false };
}

/** Tells two requests apart; the same fields in the same order hash the same. */
export function requestHash(placement: Placement): string {
  const { lines, charges, customerId, currency, shippingAddress, notifyCustomer } = placement;
  const request = [
    lines.map((line) => [line.sku, line.quantity, line.quotedUnitPrice ?? null]),
    charges.map((charge) => [charge.code, charge.title, charge.quantity, charge.unitPrice]),
    customerId === undefined ? 'self' : customerId,
    currency,
    placement.payments?.map(({ method, amount }) => [method, amount]) ?? placement.paymentMethod,
    addressParts(shippingAddress),
    notifyCustomer,
    ...(placement.captureOn ? [placement.captureOn] : []),
    ...(placement.storefrontId ? [placement.storefrontId] : []),
    ...(placement.quoteId ? [placement.quoteId] : []),
  ];
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url');
}

function addressParts(address: ShippingAddress | null | undefined) {
  if (!address) return null;
  const { name, line1, line2, city, postalCode, country } = address;
  return [name, line1, line2 ?? null, city, postalCode, country];
}
