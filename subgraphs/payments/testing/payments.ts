import { type CommandClient, localCommands } from '@waybill/kernel/commands.js';
import type { Database } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import type { Commands } from '@waybill/schema/commands.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import type { WithCaptures } from '../capture.js';
import { openPaymentsDatabase, type PaymentsSubgraph, paymentCommands } from '../index.js';
import type { Payment } from '../payment.js';
import { paymentsOfOrders, requestPayments } from '../payment-store.js';
import type { PaymentProvider } from '../providers/provider.js';
import { openSimulator, type SimulatorOptions } from '../providers/simulator.js';
import type { Refund } from '../refund.js';
import { findRefunds } from '../refund-store.js';

export type AuthorizeInput = Commands['payments']['authorizePayment']['input'];

/** The commands of this subgraph on a fresh database, with the simulator behind them. */
export interface TestPayments {
  db: Database;
  provider: PaymentProvider;
  /** Batch in, batch out. */
  batch: PaymentsSubgraph['commands'];
  /** One by one; an Error in an answer is thrown. */
  one: CommandClient<Commands['payments']>;
  /** Names of the statements run through the commands since the list was last emptied. */
  statements: string[];
  /** The order's latest payment. */
  payment(orderId: string): Promise<Payment | undefined>;
  payments(orderId: string): Promise<WithCaptures[]>;
  refunds(orderId: string): Promise<Refund[]>;
  close(): Promise<void>;
}

export interface TestPaymentsOptions extends SimulatorOptions {
  /** Replaces answers of the provider, to cut in between it and us. */
  interfere?: (provider: PaymentProvider) => Partial<PaymentProvider>;
}

/** Copies of it have all tables of this subgraph. */
export const MIGRATED = {
  name: 'payments',
  fill: async (url: string) => (await openPaymentsDatabase(url)).close(),
};

export async function openTestPayments(options: TestPaymentsOptions = {}): Promise<TestPayments> {
  const db = await openPaymentsDatabase(await testDatabase(MIGRATED));
  const simulator = await openSimulator(db, options);
  const provider: PaymentProvider = Object.assign(
    Object.create(simulator),
    options.interfere?.(simulator),
  );
  const statements: string[] = [];
  const batch = paymentCommands({
    db: counting(db, statements),
    provider,
    log: silentLog,
    wakeOutbox: () => {},
  });
  const payment = async (orderId: string) => (await paymentsOfOrders(db.query, [orderId])).at(-1);
  return {
    db,
    provider: simulator,
    batch,
    one: localCommands<Commands['payments']>(batch),
    statements,
    payment,
    payments: (orderId) => paymentsOfOrders(db.query, [orderId]),
    refunds: async (orderId) => {
      const payments = await paymentsOfOrders(db.query, [orderId]);
      return findRefunds(
        db.query,
        payments.map(({ id }) => id),
      );
    },
    close: async () => {
      await simulator.close?.();
      await db.close();
    },
  };
}

/** An order of 10.50 GBP, first attempt, unless told otherwise. */
export function anOrder(changes: Partial<AuthorizeInput> = {}): AuthorizeInput {
  return {
    orderId: newId(),
    attempt: 1,
    customerId: null,
    storefrontId: MAIN_STOREFRONT_ID,
    amount: 1050,
    currency: 'GBP',
    method: 'pm_card_approve',
    ...changes,
  };
}

export function orders(count: number, changes: Partial<AuthorizeInput> = {}): AuthorizeInput[] {
  return Array.from({ length: count }, () => anOrder(changes));
}

/** The capture of all that an order costs: of 10.50 GBP, unless told otherwise. */
export function allOf({ orderId, amount = 1050 }: { orderId: string; amount?: number }) {
  return { orderId, captureId: orderId, amount, final: true };
}

/** Authorizes and captures; answers the order. */
export async function paidOrder(
  payments: TestPayments,
  changes: Partial<AuthorizeInput> = {},
): Promise<AuthorizeInput> {
  const order = anOrder(changes);
  await payments.one.authorizePayment(order);
  await payments.one.capturePayment(allOf(order));
  return order;
}

/** Authorizes an order of 10.50 GBP by two payments, of 6.00 and of 4.50; answers its id. */
export async function sharedOrder(
  payments: TestPayments,
  secondMethod = 'pm_card_approve',
): Promise<string> {
  const first = anOrder({ amount: 600 });
  await payments.one.authorizePayment(first);
  const second = { ...first, attempt: 2, amount: 450, method: secondMethod };
  await payments.one.authorizePayment(second);
  return first.orderId;
}

/** The payment as it is when its process dies after the intent was written. */
export async function crashBeforeAnswer(payments: TestPayments, order: AuthorizeInput) {
  const request = { ...order, id: newId() };
  await requestPayments(payments.db.query, [request], 'simulator');
  return request;
}

function counting(db: Database, statements: string[]): Pick<Database, 'query' | 'transaction'> {
  const counted =
    (query: Database['query']): Database['query'] =>
    (name, text, values) => {
      statements.push(name);
      return query(name, text, values);
    };
  return {
    query: counted(db.query),
    transaction: async (work) => {
      statements.push('begin', 'commit');
      return db.transaction((query) => work(counted(query)));
    },
  };
}
