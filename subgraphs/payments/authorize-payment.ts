import type { BatchHandler } from '@waybill/kernel/batch.js';
import { newId } from '@waybill/kernel/ids.js';
import type { AuthorizeResult, Commands } from '@waybill/schema/commands.js';
import { askEach } from './ask-each.js';
import {
  afterAuthorization,
  authorizeResult,
  awaitsAuthorization,
  isOverdue,
  NOT_AUTHORIZED_IN_TIME,
  ORDER_REVERSED,
  type Payment,
} from './payment.js';
import { paymentsById, recordChanges, requestPayments } from './payment-store.js';
import type { PaymentsContext } from './payments-context.js';
import { reverseOrders } from './reverse-payment.js';
import { voidPayments } from './void-steps.js';

type Input = Commands['payments']['authorizePayment']['input'];

/**
 * Asks the provider to hold the money. The intent is written first: whatever happens then, the same payment is asked
 * for again with the same key, or found by it and voided. Two statements a batch.
 */
export function authorizePayment(context: PaymentsContext): BatchHandler<Input, AuthorizeResult> {
  return async (inputs) => {
    const payments = await requestPayments(
      context.db.query,
      withoutRepetitions(inputs).map((input) => ({ ...input, id: newId() })),
      context.provider.name,
    );
    const { known, unanswered } = await authorize(context, payments);
    await giveUpOverdue(context, known);
    const stillHeld = await undoWhatCameTooLate(context, inputs, known);
    return inputs.map(
      (input) =>
        stillHeld.get(input.orderId) ??
        unanswered.get(keyOf(input)) ??
        resultOf(known.get(keyOf(input))),
    );
  };
}

/** The payments as they are once the provider was asked, and those of which it did not answer, by key. */
async function authorize(context: PaymentsContext, payments: Payment[]) {
  const known = new Map(payments.map((payment) => [keyOf(payment), payment]));
  const { answered, failed } = await askEach(payments.filter(awaitsAuthorization), (payment) =>
    context.provider.authorize({
      key: payment.id,
      amount: payment.amount,
      currency: payment.currency,
      method: payment.method,
    }),
  );
  const changes = answered.map(({ item, answer }) => ({
    before: item,
    after: afterAuthorization(item, answer),
  }));
  for (const payment of await recordChanges(context.db.query, changes)) {
    known.set(keyOf(payment), payment);
  }
  const unanswered = new Map<string, AuthorizeResult>(
    failed.map(({ item, error }) => [
      keyOf(item),
      { outcome: 'UNANSWERED', reason: error.message },
    ]),
  );
  return { known, unanswered };
}

/** What the provider has not decided for a day is called off there, too: another payment can take its place. */
async function giveUpOverdue(context: PaymentsContext, known: Map<string, Payment>) {
  const ids = [...known.values()].filter(isOverdue).map(({ id }) => id);
  if (ids.length === 0) return;
  const { query } = context.db;
  const given = await voidPayments(context, await paymentsById(query, ids), (changes) =>
    recordChanges(
      query,
      changes.map((change) => ({ ...change, after: timedOut(change.after) })),
    ),
  );
  for (const payment of given.payments) known.set(keyOf(payment), payment);
}

/** Where money was taken after all, it is as good as any. */
const timedOut = (payment: Payment): Payment =>
  payment.state === 'VOIDED' ? { ...payment, failureCode: NOT_AUTHORIZED_IN_TIME } : payment;

/**
 * An order may have been reversed before we began (then it has no payment here) or while the provider was asked. The
 * reversal may not have seen this payment, so it is repeated; answers what went wrong, by order.
 */
async function undoWhatCameTooLate(
  context: PaymentsContext,
  inputs: Input[],
  known: Map<string, Payment>,
): Promise<Map<string, Error>> {
  const late = inputs.filter((input) => known.get(keyOf(input))?.reversed ?? true);
  if (late.length === 0) return new Map();
  return reverseOrders(
    context,
    late.map(({ orderId }) => orderId),
  );
}

function resultOf(payment: Payment | undefined): AuthorizeResult | Error {
  if (payment && !payment.reversed) return authorizeResult(payment);
  return { outcome: 'DECLINED', code: ORDER_REVERSED, hard: true };
}

function withoutRepetitions(inputs: Input[]): Input[] {
  return [...new Map(inputs.map((input) => [keyOf(input), input])).values()];
}

function keyOf({ orderId, attempt }: Pick<Payment, 'orderId' | 'attempt'>): string {
  return `${orderId}/${attempt}`;
}
