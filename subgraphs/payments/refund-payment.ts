import type { BatchHandler } from '@waybill/kernel/batch.js';
import { newId } from '@waybill/kernel/ids.js';
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
    const parts = Map.groupBy(now.values(), ({ refundId }) => refundId);
    const errors = new Map(failures.map(({ refund, error }) => [refund.refundId, error]));
    return inputs.map(
      ({ refundId }) => errors.get(refundId) ?? refundResult(parts.get(refundId) ?? []),
    );
  };
}

/** Once per key: the refund that is there already, or a new one that counts those planned before it. */
function planEach(inputs: Input[], payments: Payment[], refunds: Refund[]): Refund[] {
  const paymentsOf = Map.groupBy(payments, ({ orderId }) => orderId);
  const known = [...refunds];
  for (const input of inputs) {
    if (known.some(({ refundId }) => refundId === input.refundId)) continue;
    known.push(...planRefund(input, paymentsOf.get(input.orderId) ?? [], known, newId));
  }
  const asked = new Set(inputs.map(({ refundId }) => refundId));
  return known.filter(({ refundId }) => asked.has(refundId));
}
