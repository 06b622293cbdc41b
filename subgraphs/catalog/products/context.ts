import type { Database } from '@waybill/kernel/database.js';
import { forbidden, unauthenticated } from '@waybill/kernel/errors.js';
import { type Identity, isStaff } from '@waybill/kernel/identity.js';
import { createLoaders, type Loaders } from './loaders.js';

/** What the resolvers of one operation share. */
export interface CatalogContext {
  identity: Identity;
  requestId?: string;
  db: Database;
  loaders: Loaders;
}

export function catalogContext(
  db: Database,
  identity: Identity,
  requestId?: string,
): CatalogContext {
  return { identity, requestId, db, loaders: createLoaders(db) };
}

/** Throws UNAUTHENTICATED or FORBIDDEN where the caller may not keep the catalog. */
export function requireStaff({ identity }: CatalogContext): void {
  if (identity.kind === 'anonymous') throw unauthenticated();
  if (!isStaff(identity)) throw forbidden();
}
