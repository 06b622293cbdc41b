import 'reflect-metadata';
import { batched } from '@waybill/kernel/batch.js';
import type { CommandHandlers } from '@waybill/kernel/commands.js';
import { BY_INDEX, openDatabase } from '@waybill/kernel/database.js';
import { forgetKeys } from '@waybill/kernel/idempotency.js';
import type { Live } from '@waybill/kernel/live.js';
import type { Log } from '@waybill/kernel/log.js';
import { type OutboxEvent, outboxRelay } from '@waybill/kernel/outbox.js';
import type { Subgraph } from '@waybill/kernel/subgraph.js';
import type { Commands, StoredEvent } from '@waybill/schema/commands.js';
import type { LiveChange, OrderMoved } from '@waybill/schema/events.js';
import { applyToOrders } from './apply-to-order.js';
import { type Change, changeOrders } from './change-orders.js';
import { contextFor } from './context.js';
import type { OrdersDependencies } from './dependencies.js';
import { describeOrder } from './describe-order.js';
import { deleteDrafts } from './drafts/delete-drafts.js';
import { expireDrafts } from './drafts/expire-drafts.js';
import { forgetCustomer } from './drafts/forget-customer.js';
import { expireOrders } from './expire-orders.js';
import { findStalled } from './find-stalled.js';
import { findOrdersByKey, insertOrders, type NewOrder, type OrderKey } from './insert-orders.js';
import { MIGRATIONS } from './migrations.js';
import { claimNotice, findUnsettledNotices, giveBackNotice, settleNotice } from './notices.js';
import type { CaptureOn } from './order.js';
import { orderReads } from './order-reads.js';
import { describeProjections } from './projections/describe-projections.js';
import { projectOrders } from './projections/project-orders.js';
import { eventsAfter, type Position } from './read-events.js';
import { buildOrdersSchema } from './schema.js';
import {
  FulfillmentTable,
  OrderEditTable,
  OrderEventTable,
  OrderLineTable,
  OrderTable,
  RefundTable,
  ReturnTable,
} from './tables.js';
import { currentWorkflows } from './workflows/read-workflows.js';

export interface OrdersOptions {
  databaseUrl: string;
  /** The contexts that placing an order asks: who the customer is, what things cost today. */
  commands: OrdersDependencies['commands'];
  /** Hands committed events to the queues, at least once. */
  publish(events: StoredEvent[]): Promise<void>;
  live: Live<LiveChange>;
  /** When the money of new orders is taken, where staff do not say otherwise; default with the confirmation. */
  captureOn?: CaptureOn | undefined;
  log: Log;
}

export type OrdersSubgraph = Subgraph<Commands['orders']>;

/** The bounded context of orders: their lifecycle, their history, and who watches them. */
export async function createOrdersSubgraph(options: OrdersOptions): Promise<OrdersSubgraph> {
  const { databaseUrl, commands, live, log } = options;
  const db = await openDatabase({
    url: databaseUrl,
    // No list is so short that its orders are better read in the sequence of the table, and sorted.
    settings: { ...BY_INDEX, enable_bitmapscan: 'off' },
    entities: [
      OrderTable,
      OrderLineTable,
      OrderEventTable,
      RefundTable,
      FulfillmentTable,
      ReturnTable,
      OrderEditTable,
    ],
    migrations: MIGRATIONS,
  });
  const outbox = outboxRelay(db, (events) => send(events, options), log);
  const announced = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work;
    outbox.wake();
    return result;
  };
  const dependencies: OrdersDependencies = {
    db,
    commands,
    live,
    captureOn: options.captureOn ?? 'CONFIRMATION',
    workflows: currentWorkflows(db.query),
    insertOrder: batched((orders: NewOrder[]) => announced(insertOrders(db, orders))),
    findByKey: batched((keys: OrderKey[]) => findOrdersByKey(db, keys)),
    changeOrder: batched((changes: Change[]) => announced(changeOrders(db, changes))),
    eventsAfter: batched((positions: Position[]) => eventsAfter(db, positions)),
    reads: orderReads(db),
    committed: outbox.wake,
  };
  return {
    name: 'orders',
    schema: await buildOrdersSchema(),
    contextFor: (identity, requestId) => contextFor(dependencies, identity, requestId),
    commands: handlers(dependencies, log),
    start: async () => outbox.start(),
    ready: db.ready,
    close: async () => {
      await outbox.close();
      await db.close();
    },
  };
}

/** Jobs first: they carry the order on. Who watches is told right after. */
async function send(events: OutboxEvent[], { publish, live, log }: OrdersOptions): Promise<void> {
  await publish(events);
  const changes = events.map(({ subject, data }) => {
    const { seq, status } = data as OrderMoved;
    return { orderId: subject, seq, status };
  });
  // Only hints: whoever misses them looks for itself, so their loss must not hold up the orders.
  await live.publish(changes).catch((error) => log.warn({ err: error }, 'nobody was told'));
}

function handlers(dependencies: OrdersDependencies, log: Log): CommandHandlers<Commands['orders']> {
  const { db, commands } = dependencies;
  return {
    applyToOrder: applyToOrders(dependencies),
    forgetKeys: forgetKeys(db),
    projectOrders: (inputs) =>
      Promise.all(inputs.map((input) => projectOrders({ db, commands, log }, input))),
    describeProjections: (inputs) => Promise.all(inputs.map(() => describeProjections(db))),
    expireOrders: (inputs) =>
      Promise.all(inputs.map(({ limit }) => expireOrders(dependencies, limit))),
    deleteDrafts: (inputs) => Promise.all(inputs.map((input) => deleteDrafts(dependencies, input))),
    expireDrafts: (inputs) => Promise.all(inputs.map((input) => expireDrafts(dependencies, input))),
    forgetCustomer: (inputs) =>
      Promise.all(inputs.map((input) => forgetCustomer(dependencies, input))),
    describeOrder: (inputs) => Promise.all(inputs.map(({ orderId }) => describeOrder(db, orderId))),
    claimNotice: (inputs) => Promise.all(inputs.map((input) => claimNotice(db, input))),
    settleNotice: (inputs) => Promise.all(inputs.map((input) => settleNotice(db, input))),
    findUnsettledNotices: (inputs) =>
      Promise.all(inputs.map((input) => findUnsettledNotices(db, input))),
    giveBackNotice: (inputs) => Promise.all(inputs.map((input) => giveBackNotice(db, input))),
    findStalled: (inputs) => Promise.all(inputs.map((input) => findStalled(db, input))),
  };
}
