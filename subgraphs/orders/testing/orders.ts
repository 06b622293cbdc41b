import { type CommandClient, localCommands } from '@waybill/kernel/commands.js';
import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import type {
  Commands,
  HeldUnits,
  OrderCommand,
  QuotedItem,
  QuoteToPlace,
  StoredEvent,
} from '@waybill/schema/commands.js';
import type { LiveChange } from '@waybill/schema/events.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { type GraphQLFormattedError, graphql } from 'graphql';
import type { OrdersContext } from '../context.js';
import { createOrdersSubgraph, type OrdersSubgraph } from '../index.js';
import type { CaptureOn } from '../order.js';
import { type Placement, placeOrder } from '../place-order.js';
import { findOrders } from '../read-orders.js';
import type { OrderRow } from '../tables.js';
import { type MemoryLive, memoryLive } from './live.js';

export type Person = Identity & { kind: 'user' };

export const STAFF: Person = { kind: 'user', userId: newId(), roles: ['STAFF'] };

export function customer(): Person {
  return { kind: 'user', userId: newId(), roles: ['CUSTOMER'] };
}

export interface Answer<Data> {
  data: Data;
  errors: readonly GraphQLFormattedError[];
}

/** This subgraph on a database of its own; only the other contexts are stand-ins. */
export interface TestOrders {
  subgraph: OrdersSubgraph;
  /** Of its database: for another process's worth of it. */
  url: string;
  /** What the use cases of a person's operation work with. */
  as(identity: Identity): OrdersContext;
  /** What the catalog sells: `A` for 10.00 GBP and `B` for 2.50 GBP to begin with. */
  products: Map<string, QuotedItem>;
  /** What the catalog holds for an order, by bare id; nothing to begin with. */
  held: Map<string, HeldUnits[]>;
  /** Bare ids of the locations that there are; none to begin with. */
  locations: Set<string>;
  /** Storefronts that there are, besides the main one, by bare id: when they have money taken. */
  storefronts: Map<string, CaptureOn | null>;
  /** Quotes of the catalog by bare id; none to begin with. */
  quotes: Map<string, QuoteToPlace>;
  /** Where variants stand, by bare ids: their categories from the top; nowhere to begin with. */
  categories: Map<string, string[]>;
  /** Orders that were made of quotes, by the ids of these, as the catalog was told. */
  placedQuotes: Map<string, string>;
  /** Who has an account. */
  people: Set<string>;
  /** The storefronts that know somebody; none to begin with. */
  knownAt: Map<string, string[]>;
  published: StoredEvent[];
  live: MemoryLive<LiveChange>;
  commands: CommandClient<Commands['orders']>;
  ask<Data>(source: string, variables?: object, identity?: Identity): Promise<Answer<Data>>;
  /** Places an order of one `A` by a new customer, unless told otherwise. */
  place(changes?: Partial<Placement>, by?: Person): Promise<OrderRow>;
  /** Records steps of the saga, one after the other; the order as it is then. */
  advance(orderId: string, ...steps: OrderCommand[]): Promise<OrderRow>;
  order(orderId: string): Promise<OrderRow>;
  /** Brings the read models up to date. */
  project(): Promise<void>;
  /** Types of the events in an order's history. */
  history(orderId: string): Promise<string[]>;
  close(): Promise<void>;
}

export function placement(changes: Partial<Placement> = {}): Placement {
  return {
    idempotencyKey: newId(),
    lines: [{ sku: 'A', quantity: 1 }],
    charges: [],
    currency: 'GBP',
    paymentMethod: 'pm_card_approve',
    notifyCustomer: true,
    ...changes,
  };
}

export function product(sku: string, unitPrice: number, currency = 'GBP'): QuotedItem {
  return {
    variantId: newId(),
    priceId: newId(),
    sku,
    title: `Product ${sku}`,
    unitPrice,
    currency,
    available: 100,
  };
}

const unasked = () => Promise.reject(new Error('nobody asks'));

/** Copies of it have all tables of this subgraph. */
export const MIGRATED = {
  name: 'orders',
  fill: async (databaseUrl: string) => {
    const subgraph = await createOrdersSubgraph({
      databaseUrl,
      commands: {
        catalog: {
          quoteItem: unasked,
          findQuote: unasked,
          describeStorefront: unasked,
          findHeld: unasked,
          findLocation: unasked,
          describeVariant: unasked,
          recordQuotePlaced: unasked,
        },
        users: { findCustomer: unasked },
      },
      publish: unasked,
      live: memoryLive<LiveChange>(),
      log: silentLog,
    });
    await subgraph.close();
  },
};

export async function openTestOrders(
  databaseUrl?: string,
  captureOn?: CaptureOn,
): Promise<TestOrders> {
  const products = new Map([product('A', 1000), product('B', 250)].map((item) => [item.sku, item]));
  const held = new Map<string, HeldUnits[]>();
  const locations = new Set<string>();
  const storefronts = new Map<string, CaptureOn | null>([[MAIN_STOREFRONT_ID, null]]);
  const quotes = new Map<string, QuoteToPlace>();
  const categories = new Map<string, string[]>();
  const placedQuotes = new Map<string, string>();
  const people = new Set<string>();
  const knownAt = new Map<string, string[]>();
  const published: StoredEvent[] = [];
  const live = memoryLive<LiveChange>();
  const url = databaseUrl ?? (await testDatabase(MIGRATED));
  const subgraph = await createOrdersSubgraph({
    databaseUrl: url,
    commands: {
      catalog: {
        quoteItem: async ({ sku, storefrontId }) => {
          const captureOn = storefronts.get(storefrontId);
          return captureOn === undefined ? null : { captureOn, item: products.get(sku) ?? null };
        },
        findQuote: async ({ quoteId }) => quotes.get(quoteId) ?? null,
        describeStorefront: async ({ storefrontId }) => {
          const captureOn = storefronts.get(storefrontId);
          if (captureOn === undefined) return null;
          const looks = { code: 'x', name: 'X', currency: 'GBP', locale: 'en', sender: null };
          return { storefrontId, captureOn, ...looks };
        },
        findHeld: async ({ orderId }) => ({ held: held.get(orderId) ?? [] }),
        findLocation: async ({ locationId }) =>
          locations.has(locationId) ? { locationId, code: 'depot' } : null,
        describeVariant: async ({ variantId }) => ({
          categories: categories.get(variantId) ?? [],
        }),
        recordQuotePlaced: async ({ quoteId, orderId }) => {
          placedQuotes.set(quoteId, orderId);
          return { outcome: 'RECORDED' };
        },
      },
      users: {
        findCustomer: async ({ userId }) => {
          if (!people.has(userId)) return null;
          const person = { userId, name: 'Ada', email: null, unwantedMail: [] };
          return { ...person, knownAt: knownAt.get(userId) ?? [] };
        },
      },
    },
    publish: async (events) => void published.push(...events),
    live,
    captureOn,
    log: silentLog,
  });
  const commands = localCommands<Commands['orders']>(subgraph.commands);
  const as = (identity: Identity) => subgraph.contextFor(identity) as OrdersContext;
  const { db } = as(ANONYMOUS);
  const order = async (orderId: string) => (await findOrders(db, [orderId]))[0] as OrderRow;
  return {
    subgraph,
    url,
    as,
    products,
    held,
    locations,
    storefronts,
    quotes,
    categories,
    placedQuotes,
    people,
    knownAt,
    published,
    live,
    commands,
    order,
    ask: async <Data>(source: string, variables: object = {}, identity: Identity = ANONYMOUS) => {
      const result = await graphql({
        schema: subgraph.schema,
        source,
        variableValues: { ...variables },
        contextValue: as(identity),
      });
      const errors = result.errors?.map((error) => error.toJSON()) ?? [];
      return { data: result.data as Data, errors };
    },
    place: async (changes = {}, by = customer()) => {
      const result = await placeOrder(as(by), by, placement(changes));
      if (!result.order) throw new Error(JSON.stringify(result.errors));
      return result.order;
    },
    advance: async (orderId, ...steps) => {
      for (const command of steps) await commands.applyToOrder({ orderId, command });
      return order(orderId);
    },
    project: async () => {
      while ((await commands.projectOrders({ limit: 1000 })).projected > 0);
    },
    history: async (orderId) => {
      const rows = await db.query<{ type: string }>(
        'test.history',
        'select type from order_events where order_id = $1 order by seq',
        [orderId],
      );
      return rows.map(({ type }) => type);
    },
    close: subgraph.close,
  };
}
