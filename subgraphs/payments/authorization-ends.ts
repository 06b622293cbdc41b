import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Commands } from '@waybill/schema/commands.js';
import { AUTHORIZATION_EXPIRED, type Payment } from './payment.js';
import { changePayments, claimEndingPayments, paymentsById } from './payment-store.js';
import type { PaymentsContext } from './payments-context.js';
import { voidPayments } from './void-steps.js';
import { type News, publishNews } from './webhooks/news.js';

type Warn = Commands['payments']['warnOfEnds'];

/** Tells orders that money which is authorized for them will not be for long, each once. */
export function warnOfEnds({
  db,
  wakeOutbox,
}: PaymentsContext): BatchHandler<Warn['input'], Warn['output']> {
  return (inputs) =>
    Promise.all(
      inputs.map(async ({ withinSeconds, limit }) => {
        const warned = await db.transaction(async (query) => {
          const ending = await claimEndingPayments(query, withinSeconds, limit);
          await publishNews(query, ending.map(warning));
          return ending.length;
        });
        if (warned > 0) wakeOutbox();
        return { warned };
      }),
    );
}

/**
 * Gives up authorizations that have ended by our clock, at the provider too, so that both say the same: what was
 * captured stays, and nothing more can be. Their orders hear of it in the transaction that records it.
 */
export async function endAuthorizations(context: PaymentsContext, due: Payment[]): Promise<void> {
  const { db, log, wakeOutbox } = context;
  if (due.length === 0) return;
  const open = await paymentsById(
    db.query,
    due.map(({ id }) => id),
  );
  const { failures } = await voidPayments(context, open, (changes) =>
    db.transaction(async (query) => {
      const ended = await changePayments(
        query,
        changes.map((change) => ({ ...change, after: expired(change.after) })),
      );
      await publishNews(query, ended.map(endNews));
      return ended;
    }),
  );
  for (const [orderId, error] of failures) log.warn({ orderId, err: error }, 'not given up');
  wakeOutbox();
}

/** The payment with the code of what ended it, unless that was a refusal before. */
const expired = (payment: Payment): Payment => ({
  ...payment,
  failureCode: payment.failureCode ?? AUTHORIZATION_EXPIRED,
  failureHard: true,
});

function warning({ orderId, attempt, endsAt }: Payment): News {
  const data = { attempt, endsAt: new Date(endsAt ?? 0).toISOString() };
  return { type: 'payment.authorization_ending', orderId, data };
}

/** What an order is told of a payment from which nothing more can be taken. */
export function endNews({ orderId, attempt, captured, failureCode }: Payment): News {
  const data = { attempt, captured, code: failureCode ?? AUTHORIZATION_EXPIRED };
  return { type: 'payment.authorization_ended', orderId, data };
}
