import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { StockItem } from '@waybill/schema/commands.js';
import { type Decision, followed, NOTHING, noted } from '../decision.js';
import type { OrderPayment, OrderStatus } from '../order.js';
import type { EditState, LineState, PlacedLine, WholeOrder } from '../order-parts.js';
import type { ShippingAddress } from '../tables.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import { notNow } from './not-now.js';
import { packedUnits } from './packing.js';
import { paymentStatusOf } from './payment.js';
import { refuseWhileBusy } from './pending-edit.js';
import type { Planned } from './planned.js';
import { refundableAmount, refundRequested } from './refund.js';
import { type Refusal, refusal } from './refusal.js';
import { sumOf, type UnitsRequest } from './units.js';

export interface EditRequest {
  /** Of the edit, and of the refund that it may lead to. */
  id: string;
  /** Quantities of lines that are there, 0 to give a line up. */
  quantities: UnitsRequest[];
  /** Priced; their numbers are given here. */
  added: Array<Omit<PlacedLine, 'lineNumber'>>;
  /** Null leaves it as it is. */
  shippingAddress: ShippingAddress | null;
  /** How to pay what it costs more; null pays as before. */
  method: string | null;
  expectedVersion: number | null;
  reason: string | null;
  requestedBy: string;
  byStaff: boolean;
}

export const MAX_EDITED_QUANTITY = 1_000_000;

/**
 * Changes what was ordered, as a new version. What needs nobody else happens at once; where units or money are to be
 * had first, a job gets them and the order stays as it is until then.
 */
export function requestEdit(order: WholeOrder, request: EditRequest): Planned {
  const errors = refuse(order, request);
  if (errors.length > 0) return { errors };
  const lines = editedLines(order, request);
  const total = totalOf(lines);
  const payment = total > order.total ? nextPayment(order, total - order.total, request) : null;
  const { id, shippingAddress, reason, requestedBy } = request;
  const edit: EditState = {
    ...{ id, status: 'PENDING', lines, total, shippingAddress, payment },
    ...{ replaced: null, reason, rejection: null, requestedBy },
  };
  const items = unitsMore(order, lines);
  const requested = noted(order, 'edit_requested', editDue(order, edit), reason);
  const asked: Decision = {
    ...requested,
    patch: { ...requested.patch, ...(payment && { payments: withPayment(order, payment, 'DUE') }) },
    parts: { edits: [edit] },
  };
  if (items.length > 0 || payment) return asked;
  return followed(order, asked, (after) => recordEditApplied(after, { editId: id, captured: 0 }));
}

/** Units and money are there: from here on the order is what was asked for. */
export function recordEditApplied(
  order: WholeOrder,
  { editId, captured }: { editId: string; captured: number },
): Decision {
  const edit = pendingEdit(order, editId);
  if (!edit || !EDITABLE.includes(order.status)) return NOTHING;
  const items = unitsLess(order, edit.lines);
  const { version, total } = order;
  const replaced = { version, total, lines: order.lines.map(placedLine) };
  const money = {
    total: edit.total,
    authorized: order.authorized + (edit.payment?.amount ?? 0),
    captured: order.captured + captured,
  };
  const given = items.length > 0 ? { items, ...packedUnits(order) } : { items };
  const told = { editId, version: version + 1, total: edit.total, ...given };
  const edited = noted(order, 'edited', told);
  const applied: Decision = {
    ...edited,
    patch: {
      ...edited.patch,
      ...money,
      version: version + 1,
      paymentStatus: paymentStatusOf(money),
      ...(edit.payment && { payments: withPayment(order, edit.payment, 'AUTHORIZED') }),
      ...(edit.shippingAddress && { shippingAddress: edit.shippingAddress }),
    },
    parts: {
      lines: edit.lines.map((line) => counters(order, line)),
      edits: [{ ...edit, status: items.length > 0 ? 'APPLIED' : 'DONE', replaced }],
    },
  };
  return followed(order, applied, (after) => refund(after, total - edit.total, edit));
}

/** It could not be carried out; the order stays as it is. */
export function recordEditRejected(
  order: WholeOrder,
  { editId, code }: { editId: string; code: string },
): Decision {
  const edit = pendingEdit(order, editId);
  if (!edit) return NOTHING;
  const rejected = noted(order, 'edit_rejected', { editId, code }, code);
  return {
    ...rejected,
    patch: {
      ...rejected.patch,
      ...(edit.payment && { payments: withPayment(order, edit.payment, 'DECLINED') }),
    },
    parts: { edits: [{ ...edit, status: 'REJECTED', rejection: code }] },
  };
}

/** The provider has made up its mind about a payment: whatever edit waits for it goes on. */
export function resumeEdit(order: WholeOrder, attempt: number): Decision {
  const edit = order.edits.find(
    ({ status, payment }) => status === 'PENDING' && payment?.attempt === attempt,
  );
  return edit ? noted(order, 'edit_requested', editDue(order, edit)) : NOTHING;
}

/** The catalog has the units that were given up. */
export function recordEditReleased(order: WholeOrder, editId: string): Decision {
  const edit = order.edits.find(({ id, status }) => id === editId && status === 'APPLIED');
  if (!edit) return NOTHING;
  return {
    ...noted(order, 'edit_released', { editId }),
    parts: { edits: [{ ...edit, status: 'DONE' }] },
  };
}

const EDITABLE: readonly OrderStatus[] = ['CONFIRMED', 'PROCESSING'];

const pendingEdit = ({ edits }: WholeOrder, editId: string) =>
  edits.find(({ id, status }) => id === editId && status === 'PENDING');

function refuse(order: WholeOrder, request: EditRequest): OrdersUserError[] {
  const state = refuseState(order, request);
  if (state.length > 0) return state;
  const errors = [
    ...request.quantities.flatMap((each, i) => checkQuantity(order, each, i, request)),
    ...request.added.flatMap((line) =>
      line.kind === 'CHARGE' && !request.byStaff ? [staffOnly(['addCharges'])] : [],
    ),
  ];
  if (errors.length > 0) return errors;
  const lines = editedLines(order, request);
  const isLeft = (line: PlacedLine) =>
    line.quantity > (lineOf(order, line.lineNumber)?.cancelled ?? 0);
  if (!lines.some((line) => line.kind === 'PRODUCT' && isLeft(line))) {
    const message = 'Nothing would be left of the order: cancel it instead.';
    return [userError(Code.INVALID_STATE, message, ['lines'])];
  }
  if (!Number.isSafeInteger(totalOf(lines))) {
    return [userError(Code.INVALID_PRICE, 'The total is too large to be counted.', ['lines'])];
  }
  const same = lines.every((line) => lineOf(order, line.lineNumber)?.quantity === line.quantity);
  if (!same || request.shippingAddress) return [];
  return [userError(Code.INVALID_INPUT, 'Nothing is changed.')];
}

/** Why nothing of the order can be edited. */
export function refuseEditing(order: WholeOrder, byStaff: boolean): Refusal | undefined {
  if (order.status === 'PROCESSING' && !byStaff)
    return refusal('STAFF_ONLY', 'It is being packed.', 'Ask staff: they can still edit it.');
  if (!EDITABLE.includes(order.status)) return notNow(order);
  const left = order.fulfillments.some(({ status }) => LEAVING.includes(status));
  if (!left) return refuseWhileBusy(order);
  const nextStep = 'Call off units that are in no parcel: cancelOrderLines.';
  return refusal('ALREADY_SHIPPED', 'A parcel of it has been handed over.', nextStep);
}

const LEAVING = ['SHIPPING', 'SHIPPED', 'DELIVERED'];

function refuseState(order: WholeOrder, { byStaff, expectedVersion }: EditRequest) {
  const refusing = refuseEditing(order, byStaff);
  if (refusing) return [refusing.error];
  if (expectedVersion === null || expectedVersion === order.version) return [];
  const message = `The order is at version ${order.version} by now.`;
  return [userError(Code.VERSION_CONFLICT, message, ['expectedVersion'])];
}

function checkQuantity(
  order: WholeOrder,
  { lineNumber, quantity }: UnitsRequest,
  i: number,
  { byStaff, quantities }: EditRequest,
): OrdersUserError[] {
  const line = lineOf(order, lineNumber);
  const at = (name: string) => ['lines', `${i}`, name];
  if (!line) return [userError(Code.NOT_FOUND, 'The order has no such line.', at('lineNumber'))];
  if (quantities.findIndex((each) => each.lineNumber === lineNumber) !== i)
    return [userError(Code.INVALID_INPUT, 'This line is named twice.', at('lineNumber'))];
  if (line.kind === 'CHARGE' && !byStaff) return [staffOnly(at('lineNumber'))];
  const least = Math.max(line.fulfilled + line.cancelled, line.refunded);
  const fits = Number.isInteger(quantity) && quantity >= least && quantity <= MAX_EDITED_QUANTITY;
  if (fits) return [];
  const message = `Line ${lineNumber} needs between ${least} and ${MAX_EDITED_QUANTITY} units: some are packed, called off or refunded.`;
  return [userError(Code.INVALID_QUANTITY, message, at('quantity'))];
}

const staffOnly = (field: string[]) =>
  userError(Code.FORBIDDEN, 'Only staff may change charges.', field);

const lineOf = ({ lines }: Pick<WholeOrder, 'lines'>, lineNumber: number) =>
  lines.find((line) => line.lineNumber === lineNumber);

function editedLines(order: WholeOrder, { quantities, added }: EditRequest): PlacedLine[] {
  const wanted = new Map(quantities.map(({ lineNumber, quantity }) => [lineNumber, quantity]));
  const last = Math.max(0, ...order.lines.map(({ lineNumber }) => lineNumber));
  return [
    ...order.lines.map((line) => ({
      ...placedLine(line),
      quantity: wanted.get(line.lineNumber) ?? line.quantity,
    })),
    ...added.map((line, i) => ({ ...line, lineNumber: last + i + 1 })),
  ];
}

function placedLine(line: LineState): PlacedLine {
  const { lineNumber, kind, sku, productId, title, quantity, unitPrice, priceId } = line;
  return { lineNumber, kind, sku, productId, title, quantity, unitPrice, priceId };
}

/** What a line counts besides its quantity stays; a new one has counted nothing. */
function counters(order: WholeOrder, line: PlacedLine): LineState {
  const none = { cancelled: 0, fulfilled: 0, shipped: 0, returned: 0, refunded: 0 };
  return { ...none, ...lineOf(order, line.lineNumber), ...line };
}

const totalOf = (lines: PlacedLine[]) => sumOf(lines, (line) => line.quantity * line.unitPrice);

/** Units of goods that are to be had, and that are given up. */
const unitsMore = (order: WholeOrder, lines: PlacedLine[]) => difference(lines, order.lines);
const unitsLess = (order: WholeOrder, lines: PlacedLine[]) => difference(order.lines, lines);

function difference(more: PlacedLine[], less: PlacedLine[]): StockItem[] {
  return more.flatMap((line) => {
    const quantity =
      line.quantity - (lineOf({ lines: less as LineState[] }, line.lineNumber)?.quantity ?? 0);
    return line.kind === 'PRODUCT' && quantity > 0 ? [{ sku: line.sku, quantity }] : [];
  });
}

function nextPayment({ payments }: WholeOrder, amount: number, { method }: EditRequest) {
  const attempt = Math.max(0, ...payments.map((payment) => payment.attempt)) + 1;
  const last = payments.findLast(({ state }) => state === 'AUTHORIZED') ?? payments.at(-1);
  return { attempt, method: method ?? last?.method ?? '', amount };
}

function withPayment(
  { payments }: WholeOrder,
  payment: NonNullable<EditState['payment']>,
  state: OrderPayment['state'],
): OrderPayment[] {
  const others = payments.filter(({ attempt }) => attempt !== payment.attempt);
  return [...others, { ...payment, state }];
}

/** What its job needs to know. */
function editDue(order: WholeOrder, edit: EditState) {
  const { customerId, storefrontId, currency } = order;
  return {
    editId: edit.id,
    items: unitsMore(order, edit.lines),
    payment: edit.payment && { ...edit.payment, customerId, storefrontId, currency },
    captureNow: order.captureOn === 'CONFIRMATION',
  };
}

/** What was paid too much goes back, where the money was taken with the confirmation. */
function refund(order: WholeOrder, overpaid: number, edit: EditState): Decision {
  const amount =
    order.captureOn === 'CONFIRMATION' ? Math.min(overpaid, refundableAmount(order)) : 0;
  if (amount <= 0) return NOTHING;
  const { id, reason, requestedBy } = edit;
  return refundRequested(order, {
    ...{ id, amount, lines: [], restock: false, reason, requestedBy },
    idempotencyKey: `edit:${id}`,
    requestHash: '',
  });
}
