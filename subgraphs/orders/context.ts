import type { PageRequest } from '@waybill/kernel/graphql/connection.js';
import type { Identity } from '@waybill/kernel/identity.js';
import type { HeldUnits } from '@waybill/schema/commands.js';
import DataLoader from 'dataloader';
import { canSee } from './access.js';
import type { OrdersDependencies } from './dependencies.js';
import { type CartKey, cartsOf } from './drafts/draft.js';
import { type HistoryLoaders, historyLoaders } from './history/loaders.js';
import { loadOrdersOfUsers, type OrdersOfUser } from './load-orders-of-users.js';
import type { OrderParts } from './order-parts.js';
import { loadParts } from './order-rows.js';
import {
  type FulfillmentRow,
  FulfillmentTable,
  type OrderEditRow,
  OrderEditTable,
  type OrderEventRow,
  type OrderLineRow,
  type OrderRow,
  type RefundRow,
  RefundTable,
  type ReturnRow,
  ReturnTable,
} from './tables.js';
import { workflowsById } from './workflows/read-workflows.js';
import type { Workflow } from './workflows/workflow.js';

/** What the resolvers of one operation share: who asks, and one batch per kind of look-up and level. */
export interface OrdersContext extends OrdersDependencies {
  identity: Identity;
  requestId: string | undefined;
  /** Orders whose token came with this operation: they may be seen as if they were the asker's. */
  opened: Set<string>;
  loaders: Loaders;
}

export interface Loaders {
  /** By bare id; null where there is none or it is not the asker's. */
  order: DataLoader<string, OrderRow | null>;
  /** The same by the number that people use; what was not placed has none. */
  orderByNumber: DataLoader<string, OrderRow | null>;
  lines: DataLoader<string, OrderLineRow[]>;
  refunds: DataLoader<string, RefundRow[]>;
  fulfillments: DataLoader<string, FulfillmentRow[]>;
  returns: DataLoader<string, ReturnRow[]>;
  /** All that belongs to an order, for the rules that look at it. */
  parts: DataLoader<string, OrderParts>;
  edits: DataLoader<string, OrderEditRow[]>;
  events: DataLoader<{ orderId: string; page: PageRequest }, OrderEventRow[]>;
  ordersOfUser: DataLoader<OrdersOfUser, OrderRow[]>;
  history: HistoryLoaders;
  /** By the id of the version. */
  workflow: DataLoader<string, Workflow>;
  /** The order that is somebody's open cart in a storefront. */
  cart: DataLoader<CartKey, string | null>;
  /** What the catalog holds for an order, by its bare id. */
  held: DataLoader<string, HeldUnits[]>;
}

export function contextFor(
  dependencies: OrdersDependencies,
  identity: Identity,
  requestId?: string,
): OrdersContext {
  const opened = new Set<string>();
  const loaders = loadersFor(dependencies, identity, opened);
  return { ...dependencies, identity, requestId, opened, loaders };
}

/** They batch and do not remember: a subscription keeps its context while its order moves on. */
const FRESH = { cache: false } as const;

function loadersFor(
  { db, commands, eventsAfter, reads }: OrdersDependencies,
  identity: Identity,
  opened: ReadonlySet<string>,
): Loaders {
  const isVisible = (order: OrderRow) => opened.has(order.id) || canSee(identity, order);
  const shown = (orders: Array<OrderRow | undefined>) =>
    orders.map((order) => (order && isVisible(order) ? order : null));
  return {
    order: new DataLoader(async (ids) => shown(await Promise.all(ids.map(reads.byId))), FRESH),
    orderByNumber: new DataLoader(
      async (numbers) => shown(await Promise.all(numbers.map(reads.byNumber))),
      FRESH,
    ),
    lines: new DataLoader((ids) => Promise.all(ids.map(reads.lines)), FRESH),
    refunds: new DataLoader(async (ids) => {
      const where = { orderId: { $in: [...ids] } };
      return grouped(
        ids,
        (await db.em().find(RefundTable, where, { orderBy: { id: 'asc' } })) as RefundRow[],
      );
    }, FRESH),
    fulfillments: new DataLoader(async (ids) => {
      const where = { orderId: { $in: [...ids] } };
      const rows = await db.em().find(FulfillmentTable, where, { orderBy: { number: 'asc' } });
      return grouped(ids, rows as FulfillmentRow[]);
    }, FRESH),
    returns: new DataLoader(async (ids) => {
      const where = { orderId: { $in: [...ids] } };
      const rows = await db.em().find(ReturnTable, where, { orderBy: { number: 'asc' } });
      return grouped(ids, rows as ReturnRow[]);
    }, FRESH),
    parts: new DataLoader(async (ids) => {
      const parts = await loadParts(db.query, [...ids]);
      return ids.map((id) => parts.get(id) as OrderParts);
    }, FRESH),
    edits: new DataLoader(async (ids) => {
      const where = { orderId: { $in: [...ids] } };
      const rows = await db.em().find(OrderEditTable, where, { orderBy: { id: 'asc' } });
      return grouped(ids, rows as OrderEditRow[]);
    }, FRESH),
    events: new DataLoader(
      (keys) =>
        Promise.all(
          keys.map(({ orderId, page }) =>
            eventsAfter({ orderId, seq: Number(page.after ?? 0), limit: page.limit }),
          ),
        ),
      FRESH,
    ),
    cart: new DataLoader((keys) => cartsOf(db.query, keys), FRESH),
    ordersOfUser: new DataLoader((keys) => loadOrdersOfUsers(db, keys), FRESH),
    history: historyLoaders(db),
    held: new DataLoader(async (ids) => {
      const found = await Promise.all(ids.map((orderId) => commands.catalog.findHeld({ orderId })));
      return found.map(({ held }) => held);
    }, FRESH),
    workflow: new DataLoader(async (ids) => {
      const workflows = await workflowsById(db.query, [...ids]);
      return ids.map((id) => workflows.get(id) as Workflow);
    }, FRESH),
  };
}

function grouped<Row extends { orderId: string }>(ids: readonly string[], rows: Row[]): Row[][] {
  const byOrder = Map.groupBy(rows, (row) => row.orderId);
  return ids.map((id) => byOrder.get(id) ?? []);
}
