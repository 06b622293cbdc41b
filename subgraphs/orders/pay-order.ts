import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { checkPaymentMethod, checkTexts } from './check-texts.js';
import type { OrdersDependencies } from './dependencies.js';
import { type ChangeResult, guardedChange } from './guarded-change.js';
import type { OrderState } from './order.js';
import { awaitsPayment } from './rules/payment.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

/** Tries another payment method after a soft decline, as long as the units are held. */
export async function payOrder(
  dependencies: Pick<OrdersDependencies, 'changeOrder'>,
  identity: Identity,
  { orderId, paymentMethod }: { orderId: string; paymentMethod: string },
): Promise<ChangeResult> {
  const errors = [...checkPaymentMethod(paymentMethod), ...checkTexts({ paymentMethod })];
  if (errors.length > 0) return { orderId: null, errors };
  return guardedChange(
    dependencies,
    identity,
    orderId,
    { type: 'pay', method: paymentMethod },
    refuse,
  );
}

function refuse(order: OrderState): OrdersUserError | undefined {
  if (awaitsPayment(order)) return undefined;
  return userError(Code.INVALID_STATE, 'This order does not wait for another payment method.', [
    'orderId',
  ]);
}
