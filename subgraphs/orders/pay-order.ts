import { userError } from '@waybill/kernel/graphql/user-error.js';
import { isStaff } from '@waybill/kernel/identity.js';
import { toDecimal, toMinor } from '@waybill/kernel/money.js';
import type { Asker } from './access.js';
import { checkAmount } from './check-payments.js';
import { checkPaymentMethod, checkTexts } from './check-texts.js';
import type { OrdersDependencies } from './dependencies.js';
import { type ChangeResult, guardedChange } from './guarded-change.js';
import type { OrderState } from './order.js';
import { amountDue, pay } from './rules/payment.js';
import { refusePayment } from './rules/payment-refusal.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

export interface PayRequest {
  orderId: string;
  paymentMethod: string;
  /** Decimal string; null pays all that is due. */
  amount: string | null;
}

/**
 * Pays what is due of an order, or a part of it, as long as the units are held. Staff also have money authorized anew
 * that is taken with a shipment.
 */
export async function payOrder(
  dependencies: Pick<OrdersDependencies, 'changeOrder'>,
  asker: Asker,
  { orderId, paymentMethod, amount }: PayRequest,
): Promise<ChangeResult> {
  const errors = [...checkPaymentMethod(paymentMethod), ...checkTexts({ paymentMethod, amount })];
  if (errors.length > 0) return { orderId: null, errors };
  return guardedChange(
    dependencies,
    asker,
    orderId,
    (order) => pay(order, { method: paymentMethod, amount: minorOf(amount, order) }),
    (order) => refuse(order, amount, asker.kind !== 'guest' && isStaff(asker)),
  );
}

function minorOf(amount: string | null, { currency }: OrderState): number | null {
  return amount === null ? null : (toMinor(amount, currency) ?? null);
}

function refuse(
  order: OrderState,
  amount: string | null,
  byStaff: boolean,
): OrdersUserError | undefined {
  const refusing = refusePayment(order, byStaff);
  if (refusing || amount === null) return refusing?.error;
  const { currency } = order;
  const due = amountDue(order);
  if ((toMinor(amount, currency) ?? 0) > due) {
    const message = `Only ${toDecimal(due, currency)} ${currency} are still to be paid.`;
    return userError(Code.EXCEEDS_AMOUNT_DUE, message, ['amount']);
  }
  return checkAmount(amount, currency, ['amount'])[0];
}
