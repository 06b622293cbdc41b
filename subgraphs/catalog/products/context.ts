import type { Database } from '@waybill/kernel/database.js';
import type { Identity } from '@waybill/kernel/identity.js';
import type { Log } from '@waybill/kernel/log.js';
import { type CategoryLoaders, createCategoryLoaders } from '../categories/loaders.js';
import type { BlobStore } from '../images/blob-store.js';
import { createImageLoader, type ImageLoader } from '../images/image-loader.js';
import { createLocationLoader, type LocationLoader } from '../locations/find-locations.js';
import { createPriceLoaders, type PriceLoaders } from '../prices/loaders.js';
import { createQuoteLoader, type QuoteLoader } from '../quotes/find-quotes.js';
import {
  createLevelLoader,
  createShownStockLoader,
  type LevelLoader,
  type ShownStockLoader,
} from '../stock/levels/read-levels.js';
import { createStorefrontLoaders, type StorefrontLoaders } from '../storefronts/loaders.js';
import { createLoaders, type Loaders } from './loaders.js';

/** What the resolvers of one operation share. */
export interface CatalogContext {
  identity: Identity;
  requestId?: string;
  db: Database;
  log: Log;
  blobs: BlobStore;
  images: ImageLoader;
  loaders: Loaders;
  storefronts: StorefrontLoaders;
  prices: PriceLoaders;
  quotes: QuoteLoader;
  categories: CategoryLoaders;
  locations: LocationLoader;
  levels: LevelLoader;
  shownStock: ShownStockLoader;
  /** Below how many units a variant is low of which nobody said; 0: never. */
  lowStockThreshold: number;
}

export function catalogContext(
  { db, blobs, log }: Pick<CatalogContext, 'db' | 'blobs' | 'log'>,
  identity: Identity,
  requestId?: string,
  lowStockThreshold = 0,
): CatalogContext {
  return {
    identity,
    requestId,
    db,
    log,
    blobs,
    images: createImageLoader(db),
    loaders: createLoaders(db),
    storefronts: createStorefrontLoaders(db),
    prices: createPriceLoaders(db),
    quotes: createQuoteLoader(db),
    categories: createCategoryLoaders(db),
    locations: createLocationLoader(db),
    levels: createLevelLoader(db, lowStockThreshold),
    shownStock: createShownStockLoader(db),
    lowStockThreshold,
  };
}
