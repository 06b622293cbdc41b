import type { AuthorizeResult, OrderCommand } from '@waybill/schema/commands.js';
import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type PaymentIsDue = Extract<
  DomainEvent,
  { type: 'order.reserved' | 'order.payment_requested' | 'payment.settled' }
>;

/**
 * Takes the money for an order whose units are held: authorize, commit the units, capture, confirm. The capture comes
 * last, since money taken is the hardest to undo. Each step can be repeated, so a crash anywhere is mended by running
 * the job again; where the order was called off meanwhile, what was authorized is given back.
 */
export async function settlePayment(
  event: PaymentIsDue,
  commands: CommandClients,
  lastForProvider: boolean,
): Promise<void> {
  const { catalog, orders, payments } = commands;
  const orderId = event.subject;
  const record = (command: OrderCommand) => orders.applyToOrder({ orderId, command });
  const { attempt } = event.data;

  const isFree = event.data.amount === 0;
  const authorized = isFree ? FREE.authorized : await authorize(event, commands, lastForProvider);
  if (authorized.outcome === 'PENDING') return; // payment.settled comes when the provider knows
  if (authorized.outcome === 'DECLINED') {
    const { code, hard } = authorized;
    await record({ type: 'recordDeclined', attempt, code, hard });
    return;
  }
  const { amount } = authorized;
  const { status, total } = await record({ type: 'recordAuthorized', attempt, amount });
  if (GIVEN_UP.includes(status)) await payments.reversePayment({ orderId });
  if (status !== 'AUTHORIZED') return; // RESERVED: other payments are still to come

  const { outcome } = await catalog.commitStock({ orderId });
  if (outcome === 'NOT_HELD') {
    await record({ type: 'recordSettlementFailed', code: 'HOLD_EXPIRED' });
    return;
  }
  const all = { orderId, captureId: orderId, amount: total, final: true };
  const captured = isFree ? FREE.captured : await payments.capturePayment(all);
  if (captured.outcome === 'FAILED') {
    await record({ type: 'recordSettlementFailed', code: captured.code });
    return;
  }
  await record({ type: 'recordConfirmed', captured: captured.amount });
}

/** An order that costs nothing asks no provider: most refuse an amount of 0, and no card may stand in its way. */
const FREE = {
  authorized: { outcome: 'AUTHORIZED', amount: 0 },
  captured: { outcome: 'CAPTURED', amount: 0 },
} as const;

/** Statuses in which an order wants no money. CANCELLING is not among them: its own job gives the money back. */
const GIVEN_UP = ['CANCELLED', 'FAILED', 'EXPIRED'];

/**
 * A provider that has not answered by its last attempt has declined, so the customer need not wait for the hold. Any
 * other failure is ours, and none of the customer's business: the job ends among the dead letters.
 */
async function authorize(
  { subject: orderId, data: due }: PaymentIsDue,
  { payments }: CommandClients,
  lastForProvider: boolean,
): Promise<Exclude<AuthorizeResult, { outcome: 'UNANSWERED' }>> {
  const { attempt, customerId, amount, currency, method } = due;
  const request = { orderId, attempt, customerId, amount, currency, method };
  const answer = await payments.authorizePayment(request);
  if (answer.outcome !== 'UNANSWERED') return answer;
  if (!lastForProvider) throw new Error(answer.reason);
  return { outcome: 'DECLINED', code: 'PROVIDER_UNAVAILABLE', hard: true };
}
