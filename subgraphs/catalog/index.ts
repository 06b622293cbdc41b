import { BY_INDEX, openDatabase } from '@waybill/kernel/database.js';
import type { Log } from '@waybill/kernel/log.js';
import type { Subgraph } from '@waybill/kernel/subgraph.js';
import type { Commands } from '@waybill/schema/commands.js';
import { CreateCatalog } from './migrations/20261120-create-catalog.js';
import { Categories } from './migrations/20261121-categories.js';
import { ConsumeInParts } from './migrations/20261121-consume-in-parts.js';
import { IdempotencyKeys } from './migrations/20261121-idempotency-keys.js';
import { Prices } from './migrations/20261121-prices.js';
import { ProductsWithVariants } from './migrations/20261121-products-with-variants.js';
import { RecordStockChanges } from './migrations/20261121-record-stock-changes.js';
import { RenameVariants } from './migrations/20261121-rename-variants.js';
import { StockLevels } from './migrations/20261121-stock-levels.js';
import { Storefronts } from './migrations/20261121-storefronts.js';
import { catalogContext } from './products/context.js';
import { buildCatalogSchema } from './schema.js';
import { catalogCommands } from './stock/commands.js';
import { VariantTable } from './tables.js';

export interface CatalogOptions {
  databaseUrl: string;
  log: Log;
}

/** Products, their prices and their stock. Opens its database and brings the tables up to date. */
export async function createCatalogSubgraph({
  databaseUrl,
  log,
}: CatalogOptions): Promise<Subgraph<Commands['catalog']>> {
  const db = await openDatabase({
    url: databaseUrl,
    settings: BY_INDEX,
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
    ],
  });
  log.debug('catalog is open');
  return {
    name: 'catalog',
    schema: await buildCatalogSchema(),
    contextFor: (identity, requestId) => catalogContext(db, identity, requestId),
    commands: catalogCommands(db),
    // The catalog publishes nothing of its own: orders record what a command answered.
    start: async () => {},
    ready: () => db.ready(),
    close: () => db.close(),
  };
}
