import type { BatchHandler } from '@waybill/kernel/batch.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Commands } from '@waybill/schema/commands.js';
import { isReversed, mustVoid, type Payment, sum } from './payment.js';
import { markReversed, paymentsOfOrders } from './payment-store.js';
import type { PaymentsContext } from './payments-context.js';
import { planReversal } from './refund.js';
import { openRefunds, performRefunds, planRefunds } from './refund-steps.js';
import { voidPayments } from './void-steps.js';

type Input = Commands['payments']['reversePayment']['input'];
type Output = Commands['payments']['reversePayment']['output'];

/** Why the refund of a reversal was made, as clients see it. */
const REASON = 'The order was reversed.';

/**
 * Brings what an order paid back to 0, whatever state its payments are in, also those of which the provider knows
 * more than we do. What cannot be reversed now answers an Error, and is tried again by whoever asked.
 */
export function reversePayment(context: PaymentsContext): BatchHandler<Input, Output> {
  return async (inputs) => {
    const orderIds = [...new Set(inputs.map(({ orderId }) => orderId))];
    const failures = await reverseOrders(context, orderIds);
    const payments = await paymentsOfOrders(context.db.query, orderIds);
    const byOrder = Map.groupBy(payments, ({ orderId }) => orderId);
    return inputs.map(
      ({ orderId }) => failures.get(orderId) ?? resultOf(orderId, byOrder.get(orderId) ?? []),
    );
  };
}

/**
 * The reversal itself; answers what went wrong, by order. The mark comes before the payments are read: an
 * authorization or a capture either is read here, or reads the mark.
 */
export async function reverseOrders(
  context: PaymentsContext,
  orderIds: string[],
): Promise<Map<string, Error>> {
  await markReversed(context.db.query, orderIds);
  const read = await paymentsOfOrders(context.db.query, orderIds);
  const voided = await voidPayments(context, read.filter(mustVoid));
  const now = new Map([...read, ...voided.payments].map((payment) => [payment.id, payment]));
  const captured = [...now.values()].filter(owesRefund);
  const refunds = captured.length > 0 ? await refundRest(context, captured) : [];
  return new Map([...voided.failures, ...refunds]);
}

/** Refunds that were left without an answer first: only then is it clear how much is left. */
async function refundRest(context: PaymentsContext, captured: Payment[]) {
  const orderIds = captured.map(({ orderId }) => orderId);
  const left = await performRefunds(context, await openRefunds(context, captured));
  const planned = await planRefunds(context, orderIds, (payments, refunds) =>
    planReversal(payments, refunds, REASON, newId),
  );
  const rest = await performRefunds(context, planned);
  return [...left.failures, ...rest.failures].map(
    ({ refund, error }) => [refund.orderId, error] as const,
  );
}

function owesRefund(payment: Payment): boolean {
  return payment.refunded < payment.captured;
}

function resultOf(orderId: string, payments: Payment[]): Output | Error {
  if (!isReversed(payments))
    return new Error(`The payments of ${orderId} are not all reversed yet`);
  return { outcome: 'REVERSED', refunded: sum(payments.map(({ refunded }) => refunded)) };
}
