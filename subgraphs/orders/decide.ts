import type { OrderCommand } from '@waybill/schema/commands.js';
import { cancelling, type Decision, moved, NOTHING } from './decision.js';
import type { OrderState } from './order.js';
import { flagAttention } from './rules/attention.js';
import {
  canBeCancelled,
  recordPaymentReversed,
  recordStockReleased,
} from './rules/cancellation.js';
import { pay, recordAuthorized, recordConfirmed, recordDeclined } from './rules/payment.js';
import { recordRefunded, recordRefundFailed } from './rules/refund.js';
import { isHeld, outOfStock, recordReserved } from './rules/reservation.js';

/** Everything that can be asked of a placed order: by the saga, by people, by the clock. */
export type Command =
  | OrderCommand
  | { type: 'cancel'; reason: string | null }
  | { type: 'expire' }
  | { type: 'pay'; method: string }
  | { type: 'fulfill' };

/** Pure: the same order and command always lead to the same decision; time comes in as `expire`, sent by a clock. */
export function decide(order: OrderState, command: Command): Decision {
  switch (command.type) {
    case 'recordReserved':
      return recordReserved(order, command.expiresAt);
    case 'recordShortage':
      return order.status === 'PENDING' ? outOfStock(order) : NOTHING;
    case 'recordNotSellable':
      return order.status === 'PENDING'
        ? moved(order, ['FAILED'], { reason: 'NOT_SELLABLE' })
        : NOTHING;
    case 'recordAuthorized':
      return recordAuthorized(order, command.amount);
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
    case 'recordShipped':
      return order.status === 'PROCESSING' ? moved(order, ['SHIPPED'], {}) : NOTHING;
    case 'recordRefunded':
      return recordRefunded(order, command);
    case 'recordRefundFailed':
      return recordRefundFailed(order, command);
    case 'flagAttention':
      return flagAttention(order, command.reason);
    case 'cancel':
      return canBeCancelled(order.status)
        ? cancelling(order, 'CANCELLED', command.reason)
        : NOTHING;
    case 'expire':
      return isHeld(order.status) ? cancelling(order, 'EXPIRED', 'HOLD_EXPIRED') : NOTHING;
    case 'pay':
      return pay(order, command.method);
    case 'fulfill':
      return order.status === 'CONFIRMED' ? moved(order, ['PROCESSING'], {}) : NOTHING;
    default:
      return unhandled(command);
  }
}

/** Keeps the compiler asking until every command has its rule. */
function unhandled(command: never): never {
  throw new Error(`unknown command ${JSON.stringify(command)}`);
}
