import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Query } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { type Asked, askEach } from './ask-each.js';
import { endAuthorizations } from './authorization-ends.js';
import { afterAuthorization, awaitsAuthorization, mustVoid, type Payment } from './payment.js';
import { changePayments, claimDuePayments, paymentsById } from './payment-store.js';
import type { PaymentsContext } from './payments-context.js';
import type { Authorization } from './providers/provider.js';
import { publishSettled } from './publish-settled.js';
import { reverseOrders } from './reverse-payment.js';
import { voidPayments } from './void-steps.js';
import { takeEvents } from './webhooks/take-events.js';

type Input = Commands['payments']['checkPendingPayments']['input'];
type Output = Commands['payments']['checkPendingPayments']['output'];

/** An answer for a payment of which the provider knows nothing any more. */
const FORGOTTEN: Authorization = { outcome: 'DECLINED', code: 'NOT_FOUND', hard: false };

/**
 * Asks the provider about payments whose time has come by the database's clock. One that settled, either way, is
 * published with its new state in one transaction; whoever waits for it asks `authorizePayment` again. What has ended
 * is given up, and webhooks that could not be looked into when they came are looked into.
 */
export function checkPendingPayments(context: PaymentsContext): BatchHandler<Input, Output> {
  return async (inputs) => {
    const outputs: Output[] = [];
    for (const { limit } of inputs) {
      await takeEvents(context, limit);
      outputs.push(await checkDue(context, limit));
    }
    return outputs;
  };
}

async function checkDue(context: PaymentsContext, limit: number): Promise<Output> {
  const due = await claimDuePayments(context.db.query, limit);
  const [pending, voided] = [due.filter(awaitsAuthorization), due.filter(isVoided)];
  await lookAgain(context, voided);
  await endAuthorizations(context, due.filter(isHeld));
  const { answered, failed } = await askEach(pending, ({ id, reference }) =>
    context.provider.lookUp(id, reference),
  );
  for (const { item, error } of failed) {
    context.log.warn({ paymentId: item.id, err: error }, 'payment provider not asked');
  }
  const settled = await context.db.transaction((query) => recordAndPublish(query, answered));
  if (settled > 0) context.wakeOutbox();
  return { settled };
}

const isVoided = ({ state }: Payment) => state === 'VOIDED';
const isHeld = (payment: Payment) =>
  mustVoid(payment) && !awaitsAuthorization(payment) && !isVoided(payment);

/** A void that the provider could not match: what has arrived there since is voided now. */
async function lookAgain(context: PaymentsContext, voided: Payment[]): Promise<void> {
  if (voided.length === 0) return;
  const { ended = [], standing = [] } = Object.groupBy(voided, ({ reversed }) =>
    reversed ? 'ended' : 'standing',
  );
  const orderIds = ended.map(({ orderId }) => orderId);
  const ids = standing.map(({ id }) => id);
  const open = ids.length > 0 ? await paymentsById(context.db.query, ids) : [];
  const failures = [
    ...(orderIds.length > 0 ? await reverseOrders(context, orderIds) : []),
    ...(await voidPayments(context, open)).failures,
  ];
  for (const [orderId, error] of failures) context.log.warn({ orderId, err: error }, 'not voided');
}

async function recordAndPublish(
  query: Query,
  answered: Asked<Payment, Authorization | { outcome: 'NOT_FOUND' }>['answered'],
): Promise<number> {
  const changes = answered.map(({ item, answer }) => ({
    before: item,
    after: afterAuthorization(item, answer.outcome === 'NOT_FOUND' ? FORGOTTEN : answer),
  }));
  const settled = (await changePayments(query, changes)).filter((p) => !awaitsAuthorization(p));
  await publishSettled(query, settled);
  return settled.length;
}
