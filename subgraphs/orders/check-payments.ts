import { userError } from '@waybill/kernel/graphql/user-error.js';
import { fractionDigits, isCurrency, toDecimal, toMinor } from '@waybill/kernel/money.js';
import { checkPaymentMethod } from './check-texts.js';
import type { OrderPayment } from './order.js';
import { OrdersErrorCode as Code, type OrdersUserError } from './user-errors.js';

export const MAX_PAYMENTS = 10;

/** How an order is to be paid: by one method, or by several with an amount (a decimal) each. */
export interface PaymentsRequest {
  currency: string;
  paymentMethod?: string | null | undefined;
  payments?: Array<{ method: string; amount: string }> | null | undefined;
}

/** What can be said against the payments without knowing what the order costs. */
export function checkPayments({
  currency,
  paymentMethod,
  payments,
}: PaymentsRequest): OrdersUserError[] {
  if (payments == null) return checkPaymentMethod(paymentMethod ?? '');
  const refusal = (message: string) => [userError(Code.INVALID_INPUT, message, ['payments'])];
  if (paymentMethod != null) return refusal('Name either a payment method or payments.');
  if (payments.length === 0) return refusal('Name a payment.');
  if (payments.length > MAX_PAYMENTS) return refusal(`At most ${MAX_PAYMENTS} payments.`);
  return payments.flatMap(({ method, amount }, i) => [
    ...checkPaymentMethod(method, ['payments', `${i}`, 'method']),
    ...checkAmount(amount, currency, ['payments', `${i}`, 'amount']),
  ]);
}

export function checkAmount(amount: string, currency: string, field: string[]): OrdersUserError[] {
  if (!isCurrency(currency) || (toMinor(amount, currency) ?? 0) > 0) return [];
  const message = `An amount is more than 0 and has at most ${fractionDigits(currency)} decimals.`;
  return [userError(Code.INVALID_PRICE, message, field)];
}

/** The payments of an order that costs `total` (minor units), once they are checked. */
export function splitPayments(
  { currency, paymentMethod, payments }: PaymentsRequest,
  total: number,
): { payments: OrderPayment[] } | { errors: OrdersUserError[] } {
  const wanted = payments ?? [
    { method: paymentMethod as string, amount: toDecimal(total, currency) },
  ];
  const split = wanted.map(({ method, amount }, i): OrderPayment => {
    return { attempt: i + 1, method, amount: toMinor(amount, currency) ?? 0, state: 'DUE' };
  });
  const sum = split.reduce((all, { amount }) => all + amount, 0);
  if (sum === total) return { payments: split };
  const [is, costs] = [sum, total].map((minor) => toDecimal(minor, currency));
  const message = `The payments come to ${is}, the order to ${costs} ${currency}.`;
  return { errors: [userError(Code.PAYMENTS_MISMATCH, message, ['payments'])] };
}
