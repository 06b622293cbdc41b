import type { Query } from '@waybill/kernel/database.js';
import { endNews } from '../authorization-ends.js';
import type { WithCaptures } from '../capture.js';
import { findCaptures } from '../capture-store.js';
import { changePayments, lockPaymentsOfOrders, paymentsById } from '../payment-store.js';
import type { PaymentsContext } from '../payments-context.js';
import type { ProviderWebhooks, Standing } from '../providers/provider.js';
import { publishSettled } from '../publish-settled.js';
import type { Refund } from '../refund.js';
import { findRefunds } from '../refund-store.js';
import { reverseOrders } from '../reverse-payment.js';
import {
  type ClaimedEvent,
  claimEvents,
  forgetOldEvents,
  markTaken,
  takeLater,
} from './event-store.js';
import { CAPTURED_ELSEWHERE, type Findings, findingsOf } from './findings.js';
import { enterRefunds } from './found-refunds.js';
import { type News, publishNews } from './news.js';

/**
 * Looks into events that came by webhook. An event is only a hint: the provider is asked what is true, and that is
 * entered, whatever the event said and whenever it came. What fails is tried again later.
 */
export async function takeEvents(context: PaymentsContext, limit: number): Promise<void> {
  const { provider, db, log } = context;
  if (!provider.webhooks) return;
  const claimed = await claimEvents(db.query, provider.name, limit);
  for (const [reference, events] of Map.groupBy(claimed, (event) => event.reference)) {
    await lookInto(context, provider.webhooks, reference, events).catch((error) =>
      log.warn({ provider: provider.name, reference, err: error }, 'provider event not taken'),
    );
  }
  if (claimed.length > 0) await forgetOldEvents(db.query);
}

async function lookInto(
  context: PaymentsContext,
  webhooks: ProviderWebhooks,
  reference: string,
  events: ClaimedEvent[],
): Promise<void> {
  const standing = await webhooks.inspect(reference);
  const found = standing && (await enter(context, standing, events));
  if (!found) return markTaken(context.db.query, context.provider.name, events);
  context.wakeOutbox();
  const { payment, findings } = found;
  if (!mustAct(findings)) return;
  if (findings.release) await release(context, payment);
  if (findings.giveBack) await giveBack(context, payment);
  await markTaken(context.db.query, context.provider.name, events);
}

/** Then the events are taken only when that is done. */
const mustAct = ({ release, giveBack }: Findings) => release || giveBack;

interface Found {
  payment: WithCaptures;
  findings: Findings;
}

/** Books, news and the mark that the events were taken are one transaction. Undefined where it is no payment of ours. */
async function enter(
  { db, provider }: PaymentsContext,
  standing: Standing,
  events: ClaimedEvent[],
): Promise<Found | undefined> {
  if (standing.key === null || !UUID.test(standing.key)) return undefined;
  const [known] = await paymentsById(db.query, [standing.key]);
  if (!known) return undefined;
  const kinds = new Set(events.map(({ kind }) => kind));
  const isFirstLook = events.every(({ tries }) => tries === 1);
  return db.transaction(async (query) => {
    const payment = await lock(query, known);
    const refunds = await findRefunds(query, [payment.id]);
    const findings = findingsOf({ payment, refunds }, standing, kinds, isFirstLook);
    const { change } = findings;
    if (change) await changePayments(query, [change]);
    if (findings.settled && change) await publishSettled(query, [change.after]);
    const entered = await enterRefunds(query, payment, findings.refunds);
    await publishNews(query, newsOf(payment, findings, entered));
    if (findings.lookAgain) await takeLater(query, provider.name, events);
    else if (!mustAct(findings)) await markTaken(query, provider.name, events);
    return { payment, findings };
  });
}

function newsOf({ orderId }: WithCaptures, findings: Findings, entered: Refund[]): News[] {
  const { warnings, ended, change } = findings;
  const refunded = entered.map(
    ({ refundId, amount, reason }): News => ({
      type: 'payment.refunded_elsewhere',
      orderId,
      data: { refundId, amount, reason },
    }),
  );
  const warned = warnings.map(
    (reason): News => ({ type: 'payment.attention_needed', orderId, data: { reason } }),
  );
  return [...refunded, ...warned, ...(ended && change ? [endNews(change.after)] : [])];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The payment as it is now, which stays so until the transaction ends. */
async function lock(query: Query, { id, orderId }: WithCaptures): Promise<WithCaptures> {
  const payments = await lockPaymentsOfOrders(query, [orderId]);
  const payment = payments.find((each) => each.id === id);
  if (!payment) throw new Error(`Payment ${id} is gone`);
  return { ...payment, captures: await findCaptures(query, [id]) };
}

/** Money that is held for a payment that counts as declined. */
async function release(context: PaymentsContext, { id, orderId, reference }: WithCaptures) {
  const key = `${id}:void`;
  const answer = await context.provider.void({ key, authorization: id, reference });
  if (answer.outcome === 'NOT_FOUND' || answer.captured === 0) return;
  const data = { reason: CAPTURED_ELSEWHERE };
  await publishNews(context.db.query, [{ type: 'payment.attention_needed', orderId, data }]);
}

/** What comes after an order has ended goes back. */
async function giveBack(context: PaymentsContext, { orderId }: WithCaptures): Promise<void> {
  const failures = await reverseOrders(context, [orderId]);
  for (const [, error] of failures) throw error;
}
