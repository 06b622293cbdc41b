import { askEach } from './ask-each.js';
import { foundCapture, isPending, type WithCaptures } from './capture.js';
import { resumeCaptures } from './capture-steps.js';
import { afterVoid, isClosed, type Payment } from './payment.js';
import { type PaymentChange, recordChanges } from './payment-store.js';
import type { PaymentsContext } from './payments-context.js';
import type { Voiding } from './providers/provider.js';

interface Answered {
  item: WithCaptures;
  answer: Voiding;
}

/**
 * Gives free what these payments still hold. Answers them as they are then, and what went wrong, by order: the
 * provider did not answer, or the payment was changed meanwhile; asked again, it goes on. `record` writes the changes
 * down, and answers the payments that it knows of then.
 */
export async function voidPayments(
  context: PaymentsContext,
  open: WithCaptures[],
  record = (changes: PaymentChange[]) => recordChanges(context.db.query, changes),
) {
  const { answered, failed } = await askEach(open, (payment) =>
    context.provider.void({
      key: `${payment.id}:void`,
      authorization: payment.id,
      reference: payment.reference,
    }),
  );
  const changes = (await settled(context, answered)).map(({ item, answer }) => {
    const after = afterVoid(item, answer);
    return { before: item, after, capture: foundCapture(item, after) };
  });
  const payments = await record(changes);
  const failures = new Map([
    ...payments.filter(({ state }) => !isClosed(state)).map(hasChanged),
    ...failed.map(({ item, error }) => [item.orderId, error] as const),
  ]);
  return { payments, failures };
}

/**
 * Where the provider has taken more than we know of, or may have, captures without an answer are asked for again: now
 * that nothing more can be taken, they say what was. What is still missing then is a capture that was never written.
 */
async function settled(context: PaymentsContext, answered: Answered[]): Promise<Answered[]> {
  const behind = answered.filter(isBehind);
  if (behind.length === 0) return answered;
  const { payments } = await resumeCaptures(
    context,
    behind.map(({ item }) => item.orderId),
  );
  const now = new Map(payments.map((payment) => [payment.id, payment]));
  return answered
    .map(({ item, answer }) => ({ item: now.get(item.id) ?? item, answer }))
    .filter(({ item }) => !item.captures.some(isPending));
}

function isBehind({ item, answer }: Answered): boolean {
  const captured = answer.outcome === 'VOIDED' ? answer.captured : 0;
  return captured > item.captured || item.captures.some(isPending);
}

function hasChanged({ id, orderId }: Payment): [string, Error] {
  return [orderId, new Error(`Payment ${id} was changed while it was voided`)];
}
