import type { Query } from '@waybill/kernel/database.js';
import { askEach } from './ask-each.js';
import {
  afterCapture,
  type Capture,
  type CaptureWish,
  captureKey,
  isPending,
  mustWait,
  planCapture,
  type WithCaptures,
} from './capture.js';
import { findCaptures, intendCaptures } from './capture-store.js';
import { isClosed, type Payment } from './payment.js';
import {
  changePayments,
  lockPaymentsOfOrders,
  paymentsById,
  paymentsOfOrders,
} from './payment-store.js';
import type { PaymentsContext } from './payments-context.js';
import type { CaptureAnswer } from './providers/provider.js';

/** Payments as they are once the provider was asked, and what it did not answer, by captureId. */
export interface Performed {
  payments: WithCaptures[];
  failures: Array<[string, Error]>;
}

interface Answered {
  capture: Capture;
  answer: CaptureAnswer;
}

/**
 * Writes down what each wish takes from which payment. The payments are locked meanwhile, so that no two captures
 * count on the same money.
 */
export function planCaptures(context: PaymentsContext, wishes: CaptureWish[]) {
  return context.db.transaction(async (query) => {
    const orderIds = wishes.map(({ orderId }) => orderId);
    const payments = await lockPaymentsWithCaptures(query, orderIds);
    const ofOrder = Map.groupBy(payments, ({ orderId }) => orderId);
    const planned: Capture[] = [];
    const refused: Array<[string, Error]> = [];
    for (const wish of wishes) {
      const own = ofOrder.get(wish.orderId) ?? [];
      if (mustWait(wish, own)) refused.push([wish.captureId, waiting(wish)]);
      else planned.push(...intended(planCapture(wish, own), own));
    }
    await intendCaptures(query, planned);
    return { planned, payments, refused };
  });
}

async function lockPaymentsWithCaptures(query: Query, orderIds: string[]): Promise<WithCaptures[]> {
  const locked = await lockPaymentsOfOrders(query, orderIds);
  // A statement of its own: only one that begins after the lock sees what the last holder of it wrote.
  const found = await findCaptures(
    query,
    locked.map(({ id }) => id),
  );
  const captures = Map.groupBy(found, ({ paymentId }) => paymentId);
  return locked
    .map((payment) => ({ ...payment, captures: captures.get(payment.id) ?? [] }))
    .sort((a, b) => a.attempt - b.attempt);
}

/** The wishes that follow count what this one takes. */
function intended(planned: Capture[], payments: WithCaptures[]): Capture[] {
  for (const capture of planned) {
    payments.find(({ id }) => id === capture.paymentId)?.captures.push(capture);
  }
  return planned;
}

function waiting({ orderId }: CaptureWish): Error {
  return new Error(`Another capture of order ${orderId} has no answer yet`);
}

/** Reads the orders' payments, and asks again for captures whose answer was lost. */
export async function resumeCaptures(
  context: PaymentsContext,
  orderIds: string[],
): Promise<Performed> {
  const payments = await paymentsOfOrders(context.db.query, orderIds);
  const pending = payments.flatMap(({ captures }) => captures.filter(isPending));
  return performCaptures(context, payments, pending);
}

/** Asks the provider for these captures and records its answers. `payments` are all that the caller knows. */
export async function performCaptures(
  context: PaymentsContext,
  payments: WithCaptures[],
  captures: Capture[],
): Promise<Performed> {
  const known = new Map(payments.map((payment) => [payment.id, payment]));
  const { answered, failed } = await askEach(captures, (capture) =>
    context.provider.capture({
      key: captureKey(capture),
      authorization: capture.paymentId,
      reference: known.get(capture.paymentId)?.reference ?? null,
      amount: capture.amount,
      final: capture.final,
    }),
  );
  const answers = answered.map(({ item, answer }) => ({ capture: item, answer }));
  await recordAnswers(context, known, answers);
  const failures = failed.map(({ item, error }): [string, Error] => [item.captureId, error]);
  return { payments: [...known.values()], failures };
}

/**
 * Mostly one statement. A payment that somebody else changed meanwhile is read again, and the answer is recorded on
 * what has become of it.
 */
async function recordAnswers(
  context: PaymentsContext,
  known: Map<string, WithCaptures>,
  answers: Answered[],
): Promise<void> {
  let left = answers;
  while (left.length > 0) {
    // One change per payment and statement.
    const now = [...new Map(left.map((each) => [each.capture.paymentId, each])).values()];
    const recorded = await recordOnce(context, known, now);
    const lost = now.filter((each) => !recorded.has(each));
    await readAgain(context, known, lost);
    left = left.filter((each) => !recorded.has(each) && isUnrecorded(each.capture, known));
  }
}

async function recordOnce(
  context: PaymentsContext,
  known: Map<string, WithCaptures>,
  answers: Answered[],
): Promise<Set<Answered>> {
  const changes = answers.map((answered) => {
    const before = known.get(answered.capture.paymentId) as WithCaptures;
    const { payment, capture } = afterCapture(before, answered.capture, answered.answer);
    return { answered, before, after: payment, capture };
  });
  const written = await changePayments(context.db.query, changes);
  const byId = new Map(written.map((payment) => [payment.id, payment]));
  const recorded = changes.filter(({ before }) => byId.has(before.id));
  for (const { before, capture } of recorded) {
    const others = before.captures.filter(({ captureId }) => captureId !== capture.captureId);
    const payment = byId.get(before.id) as Payment;
    known.set(before.id, { ...payment, captures: [...others, capture] });
  }
  return new Set(recorded.map(({ answered }) => answered));
}

async function readAgain(
  context: PaymentsContext,
  known: Map<string, WithCaptures>,
  lost: Answered[],
): Promise<void> {
  if (lost.length === 0) return;
  const ids = lost.map(({ capture }) => capture.paymentId);
  for (const payment of await paymentsById(context.db.query, ids)) known.set(payment.id, payment);
}

/** Not so where somebody else has recorded it, or a reversal has found it at the provider. */
function isUnrecorded(capture: Capture, known: Map<string, WithCaptures>): boolean {
  const payment = known.get(capture.paymentId);
  const row = payment?.captures.find(({ captureId }) => captureId === capture.captureId);
  return row ? isPending(row) : payment !== undefined && !isClosed(payment.state);
}
