import { type CommandClient, localCommands } from '@waybill/kernel/commands.js';
import type { Database } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { serveSubgraph } from '@waybill/kernel/subgraph-server.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import type { Commands, StoredEvent } from '@waybill/schema/commands.js';
import type { WithCaptures } from '../capture.js';
import { createPaymentsSubgraph, openPaymentsDatabase } from '../index.js';
import { paymentsOfOrders } from '../payment-store.js';
import type { Refund } from '../refund.js';
import { findRefunds } from '../refund-store.js';
import { type AuthorizeInput, anOrder } from './payments.js';
import { STUB_KEY, STUB_WEBHOOK_SECRET, type StripeStub, startStripeStub } from './stripe-stub.js';

/** The subgraph with Stripe for a provider, which is the stub; webhooks come in over HTTP. */
export interface StripePayments {
  db: Database;
  stub: StripeStub;
  /** One by one; an Error in an answer is thrown. */
  one: CommandClient<Commands['payments']>;
  /** All that left the outbox. */
  published: StoredEvent[];
  payment(orderId: string): Promise<WithCaptures>;
  refunds(orderId: string): Promise<Refund[]>;
  /** The types, and data, of what was published about an order. */
  news(orderId: string): Array<[string, unknown]>;
  /** An order that was authorized, and captured as well where `captures` says so. */
  paid(captures: boolean, changes?: Partial<AuthorizeInput>): Promise<PaidOrder>;
  /** Events of which the outcome is still missing. */
  untaken(): Promise<number>;
  close(): Promise<void>;
}

export interface PaidOrder extends AuthorizeInput {
  /** The payment intent. */
  intent: string;
}

export async function openStripePayments(): Promise<StripePayments> {
  const databaseUrl = await testDatabase();
  const db = await openPaymentsDatabase(databaseUrl);
  const stub = await startStripeStub();
  const published: StoredEvent[] = [];
  const subgraph = await createPaymentsSubgraph({
    databaseUrl,
    log: silentLog,
    stripe: { secretKey: STUB_KEY, webhookSecret: STUB_WEBHOOK_SECRET, apiUrl: stub.url },
    publish: async (events) => void published.push(...events),
  });
  await subgraph.start();
  const server = await serveSubgraph(subgraph, { port: 0, secret: newId(), log: silentLog });
  stub.endpoint = { url: `${server.url}/webhooks/payments/stripe`, secret: STUB_WEBHOOK_SECRET };
  const one = localCommands<Commands['payments']>(subgraph.commands);
  const payment = async (orderId: string) =>
    (await paymentsOfOrders(db.query, [orderId])).at(-1) as WithCaptures;
  return {
    db,
    stub,
    one,
    published,
    payment,
    refunds: async (orderId) => findRefunds(db.query, [(await payment(orderId)).id]),
    news: (orderId) =>
      published.filter(({ subject }) => subject === orderId).map(({ type, data }) => [type, data]),
    paid: async (captures, changes) => {
      const order = anOrder({ method: 'pm_card_visa', ...changes });
      const { orderId, amount } = order;
      await one.authorizePayment(order);
      if (captures) await one.capturePayment({ orderId, captureId: orderId, amount, final: true });
      return { ...order, intent: (await payment(orderId)).reference ?? '' };
    },
    untaken: async () => {
      const rows = await db.query(
        'test.untaken',
        'select id from provider_events where taken_at is null',
        [],
      );
      return rows.length;
    },
    close: async () => {
      await server.close();
      await subgraph.close();
      await stub.close();
      await db.close();
    },
  };
}
