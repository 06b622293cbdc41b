import type { OrderCommand } from '@waybill/schema/commands.js';
import { cancelling, type Decision, NOTHING } from './decision.js';
import type { OrderState } from './order.js';
import type { WholeOrder } from './order-parts.js';
import { flagAttention, recordPaymentIssue } from './rules/attention.js';
import { recordAuthorizationEnded, recordAuthorizationEnding } from './rules/authorization.js';
import { recordPaymentReversed, recordStockReleased } from './rules/cancellation.js';
import {
  recordEditApplied,
  recordEditRejected,
  recordEditReleased,
  resumeEdit,
} from './rules/edit.js';
import { recordLinesReleased } from './rules/line-cancellation.js';
import { pay, recordAuthorized, recordConfirmed, recordDeclined } from './rules/payment.js';
import { recordFoundRefund, recordRefunded, recordRefundFailed } from './rules/refund.js';
import {
  isHeld,
  outOfStock,
  recordHoldExtended,
  recordNotSellable,
  recordReserved,
} from './rules/reservation.js';
import { recordRestocked } from './rules/return.js';
import { recordShipmentHeld, recordShipped } from './rules/shipment.js';
import { recordCaptured, recordCaptureFailed } from './rules/workflow-capture.js';

/** Commands that look at the order's lines, fulfillments or refunds, too. */
const OF_PARTS = [
  'recordShipped',
  'recordShipmentHeld',
  'recordLinesReleased',
  'recordRestocked',
  'recordEditApplied',
  'recordEditRejected',
  'recordEditReleased',
  'resumeEdit',
  'recordRefunded',
  'recordRefundFailed',
  'recordRefundedElsewhere',
  'recordCaptured',
  'recordCaptureFailed',
] as const;
export type PartsCommand = Extract<OrderCommand, { type: (typeof OF_PARTS)[number] }>;

/** What is decided on the order's own row: asked by the saga, by people, by the clock. */
export type Command =
  | Exclude<OrderCommand, PartsCommand>
  | { type: 'expire' }
  | { type: 'pay'; method: string; amount: number | null };

export function isOfParts(command: OrderCommand): command is PartsCommand {
  return (OF_PARTS as readonly string[]).includes(command.type);
}

/** Pure: the same order and command always lead to the same decision; time comes in as `expire`, sent by a clock. */
export function decide(order: OrderState, command: Command): Decision {
  switch (command.type) {
    case 'recordReserved':
      return recordReserved(order, command.expiresAt);
    case 'recordHoldExtended':
      return recordHoldExtended(order, command);
    case 'recordShortage':
      return outOfStock(order);
    case 'recordNotSellable':
      return recordNotSellable(order);
    case 'recordAuthorized':
      return recordAuthorized(order, command);
    case 'recordDeclined':
      return recordDeclined(order, command);
    case 'recordConfirmed':
      return recordConfirmed(order, command.captured);
    case 'recordSettlementFailed':
      return order.status === 'AUTHORIZED' ? cancelling(order, 'FAILED', command.code) : NOTHING;
    case 'recordPaymentReversed':
      return recordPaymentReversed(order, command.refunded);
    case 'recordStockReleased':
      return recordStockReleased(order);
    case 'flagAttention':
      return flagAttention(order, command.reason);
    case 'recordAuthorizationEnding':
      return recordAuthorizationEnding(order, command);
    case 'recordAuthorizationEnded':
      return recordAuthorizationEnded(order, command);
    case 'recordPaymentIssue':
      return recordPaymentIssue(order, command.reason);
    case 'expire':
      return isHeld(order.status) ? cancelling(order, 'EXPIRED', 'HOLD_EXPIRED') : NOTHING;
    case 'pay':
      return pay(order, command);
    default:
      return unhandled(command);
  }
}

/** The same for the commands that look at more than the order's row. */
export function decideWhole(order: WholeOrder, command: PartsCommand): Decision {
  switch (command.type) {
    case 'recordShipped':
      return recordShipped(order, command);
    case 'recordShipmentHeld':
      return recordShipmentHeld(order, command);
    case 'recordLinesReleased':
      return recordLinesReleased(order, command.cancellationId);
    case 'recordRestocked':
      return recordRestocked(order, command.returnId);
    case 'recordEditApplied':
      return recordEditApplied(order, command);
    case 'recordEditRejected':
      return recordEditRejected(order, command);
    case 'recordEditReleased':
      return recordEditReleased(order, command.editId);
    case 'resumeEdit':
      return resumeEdit(order, command.attempt);
    case 'recordRefunded':
      return recordRefunded(order, command);
    case 'recordRefundFailed':
      return recordRefundFailed(order, command);
    case 'recordRefundedElsewhere':
      return recordFoundRefund(order, command);
    case 'recordCaptured':
      return recordCaptured(order, command.captured);
    case 'recordCaptureFailed':
      return recordCaptureFailed(order, command);
    default:
      return unhandled(command);
  }
}

/** Keeps the compiler asking until every command has its rule. */
function unhandled(command: never): never {
  throw new Error(`unknown command ${JSON.stringify(command)}`);
}
