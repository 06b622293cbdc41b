import { userError } from '@waybill/kernel/graphql/user-error.js';
import {
  type Account,
  accountOf,
  type Identity,
  isStaff,
  isWithin,
} from '@waybill/kernel/identity.js';
import type { QuoteToPlace } from '@waybill/schema/commands.js';
import { checkAddress } from './check-address.js';
import { checkPayments, splitPayments } from './check-payments.js';
import { checkKey, checkTexts } from './check-texts.js';
import type { OrdersDependencies } from './dependencies.js';
import type { PlacedLine } from './order-parts.js';
import {
  answer,
  checkCustomer,
  keptAnswer,
  newOrder,
  type Placement,
  type PlaceOrderResult,
} from './place-order.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';
import { workflowFor } from './workflows/workflow-for.js';

/** A quote says what is ordered, where, for whom and in which currency: the rest of a placement is as ever. */
export interface QuotePlacement extends Placement {
  /** Bare. */
  quoteId: string;
}

/**
 * Places what a quote offers, at exactly its prices, once: as `placeOrder` does it, with one command to the catalog in
 * the place of the prices of today.
 */
export async function placeQuote(
  { commands, insertOrder, findByKey, captureOn, workflows }: OrdersDependencies,
  identity: Account,
  asked: QuotePlacement,
): Promise<PlaceOrderResult> {
  const refused = checkAsked(asked, identity);
  if (refused.length > 0) return { order: null, errors: refused };
  const quote = await commands.catalog.findQuote({ quoteId: asked.quoteId });
  const problem = problemWith(quote, identity);
  if (!quote || problem) return keptAnswer(findByKey, identity, asked, problem ? [problem] : []);

  const placement = { ...asked, currency: quote.currency, customerId: quote.ownerId };
  const lines = linesOf(quote);
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  const invalid = checkPayments(placement);
  const paid = invalid.length > 0 ? { errors: invalid } : splitPayments(placement, total);
  const { storefrontId } = quote;
  const [customer, { workflowId, captureOn: byWorkflow }] = await Promise.all([
    customerOf(commands, identity, quote),
    workflowFor(workflows, storefrontId),
  ]);
  const errors = [...('errors' in paid ? paid.errors : []), ...customer.errors];
  if ('errors' in paid || errors.length > 0) return keptAnswer(findByKey, identity, asked, errors);

  const agreed = byWorkflow ?? quote.captureOn ?? captureOn;
  const { isKnown } = customer;
  const shop = { captureOn: agreed, storefrontId, workflowId, isKnown };
  const order = {
    ...newOrder(asked, placement, identity, { lines, total, ...paid, ...shop }),
    ofPartner: quote.ownerKind === 'partner',
  };
  return answer(await insertOrder(order), order.requestHash);
}

/** What can be refused without a look at the quote. */
function checkAsked(asked: QuotePlacement, identity: Identity): OrdersUserError[] {
  const refuse = (code: Code, message: string, field: keyof Placement) =>
    userError(code, message, [field]);
  const told: Array<keyof Placement> = [];
  if (asked.lines.length > 0) told.push('lines');
  if (asked.charges.length > 0) told.push('charges');
  if (asked.customerId !== undefined) told.push('customerId');
  if (asked.storefrontId != null) told.push('storefrontId');
  const errors = [
    ...told.map((field) => refuse(Code.INVALID_INPUT, 'The quote says this.', field)),
    ...checkKey(asked.idempotencyKey),
    ...checkAddress(asked.shippingAddress),
    ...checkTexts(asked),
  ];
  if (asked.captureOn == null || isStaff(identity)) return errors;
  const message = 'Only staff may say when the money is taken.';
  return [...errors, refuse(Code.FORBIDDEN, message, 'captureOn')];
}

/** To anybody else than whose it is, and staff of its storefront, a quote looks as if there were none. */
function problemWith(quote: QuoteToPlace | null, identity: Account): OrdersUserError | undefined {
  const refuse = (code: Code, message: string) => userError(code, message, ['quoteId']);
  const isTheirs = isStaff(identity) || accountOf(identity) === quote?.ownerId;
  if (!quote || !isTheirs || !isWithin(identity, quote.storefrontId)) {
    return refuse(Code.QUOTE_NOT_FOUND, 'There is no such quote.');
  }
  if (quote.hasExpired) return refuse(Code.QUOTE_EXPIRED, 'This quote has expired.');
  const changed = quote.lines.filter(({ hasChanged }) => hasChanged).map(({ sku }) => sku);
  if (changed.length === 0) return undefined;
  return refuse(Code.QUOTE_CHANGED, `These cost something else now: ${changed.join(', ')}.`);
}

/** An organization that orders is no customer that could be looked up. */
function customerOf(
  commands: OrdersDependencies['commands'],
  identity: Account,
  { ownerKind, ownerId, storefrontId }: QuoteToPlace,
) {
  const customerId =
    ownerKind === 'partner' || ownerId === accountOf(identity) ? undefined : ownerId;
  return checkCustomer(commands, identity, { customerId, storefrontId });
}

function linesOf(quote: QuoteToPlace): PlacedLine[] {
  return quote.lines.map(({ variantId, hasChanged: _, ...line }, i) => ({
    lineNumber: i + 1,
    kind: 'PRODUCT',
    productId: variantId,
    ...line,
  }));
}
