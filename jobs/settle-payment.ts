import type { AuthorizeResult, OrderCommand } from '@waybill/schema/commands.js';
import type { DomainEvent, PaymentDue } from '@waybill/schema/events.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import type { CommandClients } from './workers.js';

type PaymentIsDue = Extract<
  DomainEvent,
  { type: 'order.reserved' | 'order.payment_requested' | 'payment.settled' }
>;

/** For how long units are held, in seconds: since the provider last said that it decides later, and altogether. */
export interface HoldLife {
  ttlSeconds: number;
  maxSeconds: number;
}

/**
 * Takes the money for an order whose units are held: authorize, commit the units, capture, confirm. The capture comes
 * last, since money taken is the hardest to undo. Each step can be repeated, so a crash anywhere is mended by running
 * the job again; where the order was called off meanwhile, what was authorized is given back.
 */
export async function settlePayment(
  event: PaymentIsDue,
  commands: CommandClients,
  lastForProvider: boolean,
  hold: HoldLife,
): Promise<void> {
  const { orders, payments } = commands;
  const { subject: orderId, data } = event;
  const record = (command: OrderCommand) => orders.applyToOrder({ orderId, command });
  const { attempt } = data;
  if (event.type === 'payment.settled') {
    const resumed = await record({ type: 'resumeEdit', attempt });
    if (resumed.applied) return; // the edit's own job goes on
  }

  const isFree = data.amount === 0;
  const authorized = isFree ? FREE : await authorize(event, commands, lastForProvider);
  if (authorized.outcome === 'PENDING') return keepHeld(orderId, commands, hold);
  if (authorized.outcome === 'DECLINED') {
    const { code, hard } = authorized;
    await record({ type: 'recordDeclined', attempt, code, hard });
    return;
  }
  const { amount } = authorized;
  const order = await record({ type: 'recordAuthorized', attempt, amount });
  if (GIVEN_UP.includes(order.status)) await payments.reversePayment({ orderId });
  // All has left without it.
  if (SHIPPED.includes(order.status))
    await payments.capturePayment({ orderId, captureId: event.id, amount: 0, final: true });
  // RESERVED: other payments are still to come.
  if (order.status === 'AUTHORIZED') await record(await confirm(orderId, order, commands));
}

/** The units become the order's own, and where its money is not taken with the shipments, that is taken now. */
async function confirm(
  orderId: string,
  { total, captureOn }: { total: number; captureOn: string },
  { catalog, payments }: CommandClients,
): Promise<OrderCommand> {
  const { outcome } = await catalog.commitStock({ orderId });
  if (outcome === 'NOT_HELD') return { type: 'recordSettlementFailed', code: 'HOLD_EXPIRED' };
  if (total === 0 || captureOn === 'SHIPMENT') return { type: 'recordConfirmed', captured: 0 };
  const all = { orderId, captureId: orderId, amount: total, final: true };
  const captured = await payments.capturePayment(all);
  return captured.outcome === 'CAPTURED'
    ? { type: 'recordConfirmed', captured: captured.amount }
    : { type: 'recordSettlementFailed', code: captured.code };
}

/**
 * The provider decides later: `payment.settled` comes when it has, and until then the reconciler finds that the order
 * does not move, and starts this job again. So the hold lives on from one look to the next, but not for ever.
 */
async function keepHeld(
  orderId: string,
  { catalog, orders }: CommandClients,
  { ttlSeconds, maxSeconds }: HoldLife,
): Promise<void> {
  const extended = await catalog.extendHold({ orderId, ttlSeconds, maxSeconds });
  if (extended.outcome === 'NOT_HELD') return;
  const { expiresAt } = extended;
  const command = { type: 'recordHoldExtended', expiresAt, ttlSeconds } as const;
  await orders.applyToOrder({ orderId, command });
}

/** An order that costs nothing asks no provider: most refuse an amount of 0, and no card may stand in its way. */
const FREE = { outcome: 'AUTHORIZED', amount: 0 } as const;

/** Statuses in which an order wants no money. CANCELLING is not among them: its own job gives the money back. */
const GIVEN_UP = ['CANCELLED', 'FAILED', 'EXPIRED'];
const SHIPPED = ['SHIPPED', 'DELIVERED'];

/**
 * A provider that has not answered by its last attempt has declined, so the customer need not wait for the hold. Any
 * other failure is ours, and none of the customer's business: the job ends among the dead letters.
 */
export async function authorize(
  { subject: orderId, data: due }: { subject: string; data: PaymentDue },
  { payments }: CommandClients,
  lastForProvider: boolean,
): Promise<Exclude<AuthorizeResult, { outcome: 'UNANSWERED' }>> {
  const { attempt, customerId, storefrontId = MAIN_STOREFRONT_ID, amount, currency, method } = due;
  const request = { orderId, attempt, customerId, storefrontId, amount, currency, method };
  const answer = await payments.authorizePayment(request);
  if (answer.outcome !== 'UNANSWERED') return answer;
  if (!lastForProvider) throw new Error(answer.reason);
  return { outcome: 'DECLINED', code: 'PROVIDER_UNAVAILABLE', hard: true };
}
