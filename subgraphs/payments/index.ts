import { BY_INDEX, type Database, openDatabase } from '@waybill/kernel/database.js';
import type { Log } from '@waybill/kernel/log.js';
import { outboxRelay } from '@waybill/kernel/outbox.js';
import type { RawHandler } from '@waybill/kernel/raw-request.js';
import type { Subgraph } from '@waybill/kernel/subgraph.js';
import type { Commands, StoredEvent } from '@waybill/schema/commands.js';
import { warnOfEnds } from './authorization-ends.js';
import { authorizePayment } from './authorize-payment.js';
import { capturePayment } from './capture-payment.js';
import { checkPendingPayments } from './check-pending-payments.js';
import { requestContext } from './graphql/context.js';
import { paymentsSchema } from './graphql/schema.js';
import { CreatePayments } from './migrations/20261120-create-payments.js';
import { TraceOutbox } from './migrations/20261120-trace-outbox.js';
import { AuthorizationEnds } from './migrations/20261121-authorization-ends.js';
import { Captures } from './migrations/20261121-captures.js';
import { Ledger } from './migrations/20261121-ledger.js';
import { LightUpdates } from './migrations/20261121-light-updates.js';
import { ProviderEvents } from './migrations/20261121-provider-events.js';
import { StorefrontsOfPayments } from './migrations/20261121-storefronts.js';
import type { PaymentsContext } from './payments-context.js';
import { withDeadline } from './providers/deadline.js';
import type { PaymentProvider } from './providers/provider.js';
import { openSimulator } from './providers/simulator.js';
import type { StripeOptions } from './providers/stripe/stripe.js';
import { refundPayment } from './refund-payment.js';
import { reversePayment } from './reverse-payment.js';
import { CaptureTable, LedgerEntryTable, PaymentTable, RefundTable } from './tables.js';
import { eventTaker } from './webhooks/event-taker.js';
import { findUntoldNews, settleNews } from './webhooks/news.js';
import { receiveWebhook } from './webhooks/receive-webhook.js';

export interface PaymentsOptions {
  databaseUrl: string;
  /** Where events go that were committed to the outbox; rejects to have them again. */
  publish(events: StoredEvent[]): Promise<void>;
  log: Log;
  /** Who moves the money; the simulator with its test cards if nobody is named. */
  provider?: PaymentProvider | undefined;
  stripe?: StripeOptions | undefined;
}

export type { StripeOptions };

export type PaymentsSubgraph = Subgraph<Commands['payments']> & { webhooks: RawHandler };

export function openPaymentsDatabase(url: string): Promise<Database> {
  return openDatabase({
    url,
    entities: [PaymentTable, CaptureTable, RefundTable, LedgerEntryTable],
    settings: BY_INDEX,
    migrations: [
      { name: '20261120-create-payments', class: CreatePayments },
      { name: '20261120-trace-outbox', class: TraceOutbox },
      { name: '20261121-captures', class: Captures },
      { name: '20261121-ledger', class: Ledger },
      { name: '20261121-provider-events', class: ProviderEvents },
      { name: '20261121-authorization-ends', class: AuthorizationEnds },
      { name: '20261121-light-updates', class: LightUpdates },
      { name: '20261121-storefronts', class: StorefrontsOfPayments },
    ],
  });
}

/** Opens the database, brings it up to date and hands out the context's schema and commands. */
export async function createPaymentsSubgraph(options: PaymentsOptions): Promise<PaymentsSubgraph> {
  const db = await openPaymentsDatabase(options.databaseUrl);
  const provider = withDeadline(await openProvider(options, db));
  const relay = outboxRelay(db, options.publish, options.log);
  const context = { db, provider, log: options.log, wakeOutbox: relay.wake };
  const taker = eventTaker(context);
  return {
    name: 'payments',
    schema: await paymentsSchema(),
    contextFor: (identity, requestId) => requestContext(db.em(), provider, identity, requestId),
    commands: paymentCommands(context),
    webhooks: receiveWebhook(context, taker.wake),
    start: async () => relay.start(),
    ready: db.ready,
    close: async () => {
      await taker.close();
      await relay.close();
      await provider.close?.();
      await db.close();
    },
  };
}

async function openProvider(
  { provider, stripe }: PaymentsOptions,
  db: Database,
): Promise<PaymentProvider> {
  if (provider) return provider;
  // Loaded only where it is needed: Stripe's library is large.
  if (stripe) return (await import('./providers/stripe/stripe.js')).openStripe(stripe);
  return openSimulator(db);
}

export function paymentCommands(context: PaymentsContext): PaymentsSubgraph['commands'] {
  return {
    authorizePayment: authorizePayment(context),
    capturePayment: capturePayment(context),
    reversePayment: reversePayment(context),
    refundPayment: refundPayment(context),
    checkPendingPayments: checkPendingPayments(context),
    warnOfEnds: warnOfEnds(context),
    settleNews: async (inputs) => {
      await settleNews(
        context.db.query,
        inputs.map(({ eventId }) => eventId),
      );
      return inputs.map(() => ({ outcome: 'SETTLED' }));
    },
    findUntoldNews: (inputs) =>
      Promise.all(
        inputs.map(async (input) => ({ events: await findUntoldNews(context.db.query, input) })),
      ),
  };
}
