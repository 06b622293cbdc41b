import type { Query } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { type Account, accountOf, type Identity, isStaff } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { canSee, NO_SUCH_ORDER, type Owned } from '../access.js';
import { checkAddress } from '../check-address.js';
import { checkPaymentMethod, checkReason, checkTexts } from '../check-texts.js';
import { type ChangeResult, plannedChange } from '../guarded-change.js';
import type { WithinCall } from '../once.js';
import type { PlacedLine } from '../order-parts.js';
import { quoteItems } from '../place-order.js';
import {
  type ChargeRequest,
  checkLines,
  type LineRequest,
  type LinesRequest,
  quoteLines,
} from '../quote-lines.js';
import { requestEdit } from '../rules/edit.js';
import type { UnitsRequest } from '../rules/units.js';
import type { ShippingAddress } from '../tables.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';

export interface EditOrder {
  orderId: string;
  quantities: UnitsRequest[];
  added: LineRequest[];
  charges: ChargeRequest[];
  shippingAddress: ShippingAddress | null;
  paymentMethod: string | null;
  expectedVersion: number | null;
  reason: string | null;
}

export type EditResult =
  | { orderId: string; editId: string; errors: [] }
  | { orderId: null; editId: null; errors: OrdersUserError[] };

export const NO_EDIT = { orderId: null, editId: null } as const;

/**
 * Asks for a change of what was ordered. What is new is priced as the catalog prices it today, or as staff say; what
 * was there keeps its price.
 */
export async function editOrder(
  within: WithinCall,
  identity: Account,
  edit: EditOrder,
): Promise<EditResult> {
  const { orderId } = edit;
  const invalid = checkEdit(edit, identity);
  if (invalid.length > 0) return { ...NO_EDIT, errors: invalid };
  const order = await soldIn(within.db.query, identity, orderId);
  if (!order) return { ...NO_EDIT, errors: [NO_SUCH_ORDER] };
  const asked = { currency: order.currency, lines: edit.added, charges: edit.charges };
  const priced = await price(within, order.storefrontId, asked);
  if ('errors' in priced) return { ...NO_EDIT, errors: asAdded(priced.errors) };
  const request = {
    ...{ id: newId(), quantities: edit.quantities, added: priced.lines },
    ...{ shippingAddress: edit.shippingAddress, method: edit.paymentMethod, reason: edit.reason },
    ...{ expectedVersion: edit.expectedVersion, requestedBy: accountOf(identity) },
    byStaff: isStaff(identity),
  };
  const result: ChangeResult = await plannedChange(within, identity, orderId, (order) =>
    requestEdit(order, request),
  );
  if (result.orderId === null) return { ...NO_EDIT, errors: result.errors };
  return { orderId, editId: request.id, errors: [] };
}

function checkEdit(edit: EditOrder, identity: Identity): OrdersUserError[] {
  const { shippingAddress, paymentMethod, reason, added, charges } = edit;
  const errors = [
    ...checkAddress(shippingAddress),
    ...(paymentMethod === null ? [] : checkPaymentMethod(paymentMethod)),
    ...checkReason(reason),
    ...checkTexts({ addLines: added, addCharges: charges, shippingAddress, paymentMethod }),
  ];
  if (isStaff(identity)) return errors;
  const quoted = added.flatMap(({ quotedUnitPrice }, i) => {
    if (quotedUnitPrice == null) return [];
    const field = ['addLines', `${i}`, 'quotedUnitPrice'];
    return [userError(Code.FORBIDDEN, 'Only staff may quote prices.', field)];
  });
  return [...errors, ...quoted];
}

/** Where the order was placed, and in which currency. */
async function soldIn(query: Query, identity: Identity, orderId: string) {
  const [row] = await query<Owned & { currency: string }>(
    'edits.order',
    `select id, currency, customer_id as "customerId", storefront_id as "storefrontId"
     from orders where id = $1`,
    [orderId],
  );
  return row && canSee(identity, row) ? row : undefined;
}

type Priced = { lines: Array<Omit<PlacedLine, 'lineNumber'>> } | { errors: OrdersUserError[] };

async function price(
  { commands }: WithinCall,
  storefrontId: string,
  request: LinesRequest,
): Promise<Priced> {
  if (request.lines.length + request.charges.length === 0) return { lines: [] };
  const errors = checkLines(request);
  if (errors.length > 0) return { errors };
  const quotes = await quoteItems(commands, storefrontId, request.lines);
  return quoteLines(request, quotes?.items ?? new Map());
}

const NAMES: Record<string, string> = { lines: 'addLines', charges: 'addCharges' };

/** The errors of what is added, by the names that it has here. */
function asAdded(errors: OrdersUserError[]): OrdersUserError[] {
  return errors.map((error) => {
    const [list = '', ...path] = error.field ?? [];
    return { ...error, field: error.field && [NAMES[list] ?? list, ...path] };
  });
}
