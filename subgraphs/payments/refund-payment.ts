import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Commands, RefundResult } from '@waybill/schema/commands.js';
import type { Payment } from './payment.js';
import type { PaymentsContext } from './payments-context.js';
import { planRefund, type Refund, refundResult } from './refund.js';
import { performRefunds, planRefunds } from './refund-steps.js';

type Input = Commands['payments']['refundPayment']['input'];

/**
 * Gives part of an order's money back. The refund is written under a lock before the provider is asked, so that
 * concurrent refunds never exceed what was captured; asked again, it goes on where it stopped.
 */
export function refundPayment(context: PaymentsContext): BatchHandler<Input, RefundResult> {
  return async (inputs) => {
    const planned = await planRefunds(
      context,
      inputs.map(({ orderId }) => orderId),
      (payments, refunds) => planEach(inputs, payments, refunds),
      inputs.map(({ refundId }) => refundId),
    );
    const { settled, failures } = await performRefunds(context, planned);
    const now = new Map([...planned, ...settled].map((refund) => [refund.id, refund]));
    const errors = new Map(failures.map(({ refund, error }) => [refund.id, error]));
    return inputs.map(({ refundId }) => errors.get(refundId) ?? refundResult(now.get(refundId)));
  };
}

/** One refund per key: the one that is there already, or a new one that counts those planned before it. */
function planEach(inputs: Input[], payments: Payment[], refunds: Refund[]): Refund[] {
  const known = new Map(refunds.map((refund) => [refund.id, refund]));
  const paymentsOf = Map.groupBy(payments, ({ orderId }) => orderId);
  const planned = new Map<string, Refund>();
  for (const input of inputs) {
    const refund =
      known.get(input.refundId) ??
      planRefund(input, paymentsOf.get(input.orderId) ?? [], [...known.values()]);
    if (!refund) continue;
    known.set(refund.id, refund);
    planned.set(refund.id, refund);
  }
  return [...planned.values()];
}
