import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BY_INDEX, openDatabase } from '@waybill/kernel/database.js';
import type { Log } from '@waybill/kernel/log.js';
import { outboxRelay } from '@waybill/kernel/outbox.js';
import type { RawHandler } from '@waybill/kernel/raw-request.js';
import type { Subgraph } from '@waybill/kernel/subgraph.js';
import type { Commands, StoredEvent } from '@waybill/schema/commands.js';
import { catalogFiles } from './files.js';
import { openBlobStore } from './images/blob-store.js';
import { CreateCatalog } from './migrations/20261120-create-catalog.js';
import { Attributes } from './migrations/20261121-attributes.js';
import { Backorders } from './migrations/20261121-backorders.js';
import { Categories } from './migrations/20261121-categories.js';
import { ConsumeInParts } from './migrations/20261121-consume-in-parts.js';
import { IdempotencyKeys } from './migrations/20261121-idempotency-keys.js';
import { Images } from './migrations/20261121-images.js';
import { LightHolds } from './migrations/20261121-light-holds.js';
import { LowStock } from './migrations/20261121-low-stock.js';
import { PlacedQuotes } from './migrations/20261121-placed-quotes.js';
import { Prices } from './migrations/20261121-prices.js';
import { ProductsWithVariants } from './migrations/20261121-products-with-variants.js';
import { Publications } from './migrations/20261121-publications.js';
import { Quotes } from './migrations/20261121-quotes.js';
import { RecordStockChanges } from './migrations/20261121-record-stock-changes.js';
import { RenameVariants } from './migrations/20261121-rename-variants.js';
import { Search } from './migrations/20261121-search.js';
import { StockLevels } from './migrations/20261121-stock-levels.js';
import { Storefronts } from './migrations/20261121-storefronts.js';
import { Bulk } from './migrations/20261122-bulk.js';
import { BulkExports } from './migrations/20261122-bulk-exports.js';
import { CollectWords } from './migrations/20261122-collect-words.js';
import { OptionsExchanged } from './migrations/20261122-options-exchanged.js';
import { PricesInCurrency } from './migrations/20261122-prices-in-currency.js';
import { QuoteDays } from './migrations/20261122-quote-days.js';
import { catalogContext } from './products/context.js';
import { buildCatalogSchema } from './schema.js';
import { catalogCommands } from './stock/commands.js';
import { VariantTable } from './tables.js';

export interface CatalogOptions {
  databaseUrl: string;
  /** Hands committed events to the queues, at least once. */
  publish(events: StoredEvent[]): Promise<void>;
  log: Log;
  /** Below how many units a variant is low of which nobody said; default 0: never. */
  lowStockThreshold?: number | undefined;
  /** Where images are kept: `file:FOLDER` or `s3://…`; by default a folder of the machine for passing files. */
  blobStore?: string | undefined;
}

/** How much of a word must be right for it to be found. */
const LIKENESS = { 'pg_trgm.word_similarity_threshold': '0.3' };

/** Products, their prices and their stock. Opens its database and brings the tables up to date. */
export async function createCatalogSubgraph({
  databaseUrl,
  publish,
  log,
  lowStockThreshold = 0,
  blobStore = `file:${join(tmpdir(), 'waybill-blobs')}`,
}: CatalogOptions): Promise<Subgraph<Commands['catalog']> & { files: RawHandler }> {
  const db = await openDatabase({
    url: databaseUrl,
    settings: { ...BY_INDEX, ...LIKENESS },
    entities: [VariantTable],
    migrations: [
      CreateCatalog,
      ConsumeInParts,
      IdempotencyKeys,
      RecordStockChanges,
      RenameVariants,
      Storefronts,
      StockLevels,
      ProductsWithVariants,
      Prices,
      Categories,
      LowStock,
      Attributes,
      Publications,
      Backorders,
      Search,
      LightHolds,
      Quotes,
      Images,
      Bulk,
      BulkExports,
      PlacedQuotes,
      QuoteDays,
      CollectWords,
      OptionsExchanged,
      PricesInCurrency,
    ],
  });
  const blobs = await openBlobStore(blobStore);
  // What is low is told within a second: nobody waits for it, so that no change wakes the relay.
  const relay = outboxRelay(db, publish, log);
  log.debug('catalog is open');
  return {
    name: 'catalog',
    schema: await buildCatalogSchema(),
    contextFor: (identity, requestId) =>
      catalogContext({ db, blobs, log }, identity, requestId, lowStockThreshold),
    commands: catalogCommands(db, lowStockThreshold),
    files: catalogFiles(db, blobs, lowStockThreshold, log),
    start: async () => relay.start(),
    ready: () => db.ready(),
    close: async () => {
      await relay.close();
      await db.close();
    },
  };
}
