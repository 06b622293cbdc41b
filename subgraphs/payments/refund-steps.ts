import { askEach } from './ask-each.js';
import type { Payment } from './payment.js';
import { lockPaymentsOfOrders } from './payment-store.js';
import type { PaymentsContext } from './payments-context.js';
import type { Refunding } from './providers/provider.js';
import type { Refund } from './refund.js';
import { findRefunds, insertRefunds, settleRefunds } from './refund-store.js';

/** Refunds of these payments to which the provider's answer is missing. */
export async function openRefunds(context: PaymentsContext, payments: Payment[]) {
  const refunds = await findRefunds(
    context.db.query,
    payments.map(({ id }) => id),
  );
  return refunds.filter(({ state }) => state === 'PENDING');
}

/**
 * Writes the refunds that `plan` makes of the orders' payments and refunds. The payments are locked meanwhile, so
 * that no two plans spend the same money. `ids` are refunds that the plan wants to see whatever they belong to.
 */
export function planRefunds(
  context: PaymentsContext,
  orderIds: string[],
  plan: (payments: Payment[], refunds: Refund[]) => Refund[],
  ids: string[] = [],
): Promise<Refund[]> {
  return context.db.transaction(async (query) => {
    const payments = await lockPaymentsOfOrders(query, orderIds);
    // A statement of its own: only one that begins after the lock sees what the last holder of it wrote.
    const refunds = await findRefunds(
      query,
      payments.map(({ id }) => id),
      ids,
    );
    const planned = plan(payments, refunds);
    const known = new Set(refunds.map(({ id }) => id));
    await insertRefunds(
      query,
      planned.filter(({ id }) => !known.has(id)),
    );
    return planned;
  });
}

/** Asks the provider for the refunds that are PENDING and records its answers. */
export async function performRefunds(context: PaymentsContext, refunds: Refund[]) {
  const pending = refunds.filter(({ state }) => state === 'PENDING');
  const { answered, failed } = await askEach(pending, (refund) =>
    context.provider.refund({
      key: refund.id,
      authorization: refund.paymentId,
      reference: refund.reference,
      amount: refund.amount,
    }),
  );
  const settled = answered.map(({ item, answer }) => afterRefund(item, answer));
  await settleRefunds(context.db.query, settled);
  return { settled, failures: failed.map(({ item, error }) => ({ refund: item, error })) };
}

function afterRefund(refund: Refund, answer: Refunding): Refund {
  if (answer.outcome === 'REFUNDED') return { ...refund, state: 'REFUNDED' };
  return { ...refund, state: 'FAILED', code: answer.code };
}
