import { oncePerKey } from '@waybill/kernel/idempotency.js';
import { CatalogErrorCode } from './errors.js';

/** Carries out a mutation of the catalog once per `idempotencyKey`. */
export const once = oncePerKey<CatalogErrorCode>({
  conflict: CatalogErrorCode.IDEMPOTENCY_CONFLICT,
  badKey: CatalogErrorCode.INVALID_TEXT,
});
