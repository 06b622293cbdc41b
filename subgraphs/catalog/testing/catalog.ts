import type { CommandHandlers } from '@waybill/kernel/commands.js';
import type { Database } from '@waybill/kernel/database.js';
import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import type { RawHandler } from '@waybill/kernel/raw-request.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { lockWaits } from '@waybill/kernel/testing/lock-waits.js';
import type { Commands, StoredEvent } from '@waybill/schema/commands.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { graphql } from 'graphql';
import pg from 'pg';
import { onTestFinished, vi } from 'vitest';
import { createCatalogSubgraph } from '../index.js';
import { MAIN_LOCATION } from '../locations/main-location.js';
import type { CatalogContext } from '../products/context.js';
import { handleOfSku } from '../products/handle.js';

export const STAFF: Identity & { kind: 'user' } = {
  kind: 'user',
  userId: newId(),
  roles: ['STAFF'],
};
export const CUSTOMER: Identity = { kind: 'user', userId: newId(), roles: ['CUSTOMER'] };

export interface StockCounts {
  onHand: number;
  reserved: number;
}

export interface StockChange {
  reason: string;
  referenceId: string;
  delta: number;
}

/** Units of one product that an order held, and what became of them. */
export interface HeldUnits {
  sku: string;
  quantity: number;
  consumed: number;
  released: number;
}

export interface TestCatalog {
  url: string;
  db: Database;
  commands: CommandHandlers<Commands['catalog']>;
  files: RawHandler;
  /** Events that left the outbox; started only by whoever wants them. */
  published: StoredEvent[];
  start(): Promise<void>;
  /** Publishes a product of one variant in the main storefront, with so many units; the price is 1.00 GBP. */
  stock(sku: string, onHand: number): Promise<void>;
  /** Opens a location; of two, the one with the lower priority comes first, and `main` has 100. */
  location(code: string, priority?: number): Promise<string>;
  /** Opens a storefront that sells in this currency; answers its bare id. */
  storefront(code: string, currency: string): Promise<string>;
  /** Publishes the product of a SKU in one more storefront, by bare id. */
  publish(sku: string, storefrontId: string): Promise<void>;
  counts(sku: string): Promise<StockCounts>;
  /** Every change of what is on hand, in order of time. */
  changes(sku: string): Promise<StockChange[]>;
  /** SKUs of which more or less is on hand than the changes add up to. */
  unaccounted(): Promise<string[]>;
  /** State of an order's hold; undefined where there is none. */
  holdState(orderId: string): Promise<string | undefined>;
  /** How many statements wait for a lock now. */
  lockWaits(): Promise<number>;
  /** What an order's hold is made of, by SKU. */
  held(orderId: string): Promise<HeldUnits[]>;
  ask<Data>(source: string, variables?: object, identity?: Identity): Promise<Data>;
  /** Codes of the errors that GraphQL answered. */
  errorCodes(source: string, variables?: object, identity?: Identity): Promise<unknown[]>;
  close(): Promise<void>;
}

/** Copies of it have all tables of this subgraph. */
export const MIGRATED = {
  name: 'catalog',
  fill: async (databaseUrl: string) => {
    const subgraph = await createCatalogSubgraph({
      databaseUrl,
      publish: async () => {},
      log: silentLog,
    });
    await subgraph.close();
  },
};

/** The catalog on a database of its own, or another process's worth of it on the same one. */
export async function openTestCatalog(
  databaseUrl?: string,
  lowStockThreshold?: number,
): Promise<TestCatalog> {
  const published: StoredEvent[] = [];
  const url = databaseUrl ?? (await testDatabase(MIGRATED));
  const subgraph = await createCatalogSubgraph({
    databaseUrl: url,
    publish: async (events) => void published.push(...events),
    log: silentLog,
    lowStockThreshold,
  });
  const { db } = subgraph.contextFor(ANONYMOUS) as CatalogContext;
  const run = (source: string, variables: object = {}, identity: Identity = ANONYMOUS) =>
    graphql({
      schema: subgraph.schema,
      source,
      variableValues: { ...variables },
      contextValue: subgraph.contextFor(identity),
    });
  return {
    url,
    db,
    commands: subgraph.commands,
    files: subgraph.files,
    published,
    start: () => subgraph.start(),
    stock: async (sku, onHand) => {
      await db.query(
        'test.stock',
        `with product as (
           insert into products (id, handle, title, active, published_in)
           values ($1, $5, $2, true, array[$6::uuid])
         ), variant as (
           insert into variants (id, product_id, sku, title) values ($1, $1, $2, $2) returning id
         ), level as (
           insert into stock_levels (variant_id, location_id, on_hand)
           select id, $4::uuid, $3::integer from variant
         ), price as (
           insert into prices (id, variant_id, storefront_id, amount, currency, valid_from, set_by)
           select id, id, $6::uuid, 100, 'GBP', date_trunc('milliseconds', now()), 'test' from variant
         )
         insert into stock_changes (variant_id, location_id, reason, reference_id, delta)
         select id, $4::uuid, 'RECEIVED', id, $3::integer from variant where $3::integer <> 0`,
        [newId(), sku, onHand, MAIN_LOCATION, handleOfSku(sku), MAIN_STOREFRONT_ID],
      );
    },
    location: async (code, priority = 200) => {
      const id = newId();
      await db.query(
        'test.location',
        'insert into locations (id, code, name, priority) values ($1, $2, $2, $3)',
        [id, code, priority],
      );
      return id;
    },
    storefront: async (code, currency) => {
      const id = newId();
      await db.query(
        'test.storefront',
        `insert into storefronts (id, code, name, currency, locale) values ($1, $2, $2, $3, 'en')`,
        [id, code, currency],
      );
      return id;
    },
    publish: async (sku, storefrontId) => {
      await db.query(
        'test.publish',
        `update products set published_in = array_append(published_in, $2::uuid)
         from variants where product_id = products.id and sku = $1`,
        [sku, storefrontId],
      );
    },
    counts: async (sku) => {
      const [row] = await db.query<StockCounts>(
        'test.counts',
        `select sum(on_hand)::integer as "onHand", sum(reserved)::integer as reserved
         from stock_levels join variants on id = variant_id where sku = $1 group by id`,
        [sku],
      );
      if (!row) throw new Error(`no product ${sku}`);
      return row;
    },
    changes: (sku) =>
      db.query<StockChange>(
        'test.changes',
        `select reason, reference_id as "referenceId", delta
         from stock_changes join variants on variants.id = variant_id
         where sku = $1 order by position`,
        [sku],
      ),
    unaccounted: async () => {
      const rows = await db.query<{ sku: string }>(
        'test.unaccounted',
        `select distinct sku from variants join stock_levels level on level.variant_id = id
         where on_hand <> (
           select coalesce(sum(delta), 0) from stock_changes change
           where change.variant_id = id and change.location_id = level.location_id) order by sku`,
      );
      return rows.map(({ sku }) => sku);
    },
    holdState: async (orderId) => {
      const [row] = await db.query<{ state: string }>(
        'test.hold',
        'select state from holds where order_id = $1',
        [orderId],
      );
      return row?.state;
    },
    lockWaits: () => lockWaits(db.query),
    held: (orderId) =>
      db.query<HeldUnits>(
        'test.held',
        `select sku, quantity, consumed, released
         from hold_items join variants on variants.id = variant_id
         where order_id = $1 order by sku`,
        [orderId],
      ),
    ask: async <Data>(source: string, variables?: object, identity?: Identity) => {
      const { data, errors } = await run(source, variables, identity);
      if (errors?.[0]) throw errors[0].originalError ?? errors[0];
      return data as Data;
    },
    errorCodes: async (source, variables, identity) => {
      const { errors = [] } = await run(source, variables, identity);
      return errors.map((error) => error.extensions.code);
    },
    close: () => subgraph.close(),
  };
}

/** Counts the statements that reach PostgreSQL until the test ends; nothing is replaced. */
export function countStatements(): () => number {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  onTestFinished(() => spy.mockRestore());
  return () => spy.mock.calls.length;
}
