import type { Database } from '@waybill/kernel/database.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { createStorefrontLoaders, type StorefrontLoaders } from '../storefronts/loaders.js';
import { createLoaders, type Loaders } from './loaders.js';

/** What the resolvers of one operation share. */
export interface CatalogContext {
  identity: Identity;
  requestId?: string;
  db: Database;
  loaders: Loaders;
  storefronts: StorefrontLoaders;
}

export function catalogContext(
  db: Database,
  identity: Identity,
  requestId?: string,
): CatalogContext {
  const loaders = createLoaders(db);
  return { identity, requestId, db, loaders, storefronts: createStorefrontLoaders(db) };
}
