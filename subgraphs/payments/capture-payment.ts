import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { CaptureResult, Commands } from '@waybill/schema/commands.js';
import { askEach } from './ask-each.js';
import { afterCapture, canCapture, captureResult, type Payment } from './payment.js';
import { paymentsOfOrders, recordChanges } from './payment-store.js';
import type { PaymentsContext } from './payments-context.js';

type Input = Commands['payments']['capturePayment']['input'];

/**
 * Takes the money that is held for an order. A capture whose answer was lost is asked for again with the same key;
 * a void that came first makes it fail. Two statements a batch.
 */
export function capturePayment(context: PaymentsContext): BatchHandler<Input, CaptureResult> {
  return async (inputs) => {
    const orderIds = [...new Set(inputs.map(({ orderId }) => orderId))];
    const read = await paymentsOfOrders(context.db.query, orderIds);
    const { payments, errors } = await capture(context, read);
    const byOrder = Map.groupBy(payments, ({ orderId }) => orderId);
    return inputs.map(
      ({ orderId }) => errors.get(orderId) ?? captureResult(byOrder.get(orderId) ?? []),
    );
  };
}

async function capture(context: PaymentsContext, read: Payment[]) {
  const { answered, failed } = await askEach(read.filter(canCapture), (payment) =>
    context.provider.capture({
      key: `${payment.id}:capture`,
      authorization: payment.id,
      reference: payment.reference,
      amount: payment.authorized,
    }),
  );
  const changes = answered.map(({ item, answer }) => ({
    before: item,
    after: afterCapture(item, answer),
  }));
  const payments = new Map(read.map((payment) => [payment.id, payment]));
  for (const payment of await recordChanges(context.db.query, changes)) {
    payments.set(payment.id, payment);
  }
  const errors = new Map(failed.map(({ item, error }) => [item.orderId, error]));
  return { payments: [...payments.values()], errors };
}
