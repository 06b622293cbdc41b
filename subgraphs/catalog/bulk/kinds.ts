import type { BulkKind } from './findings.js';
import { BulkKindName } from './import-row.js';
import { priceFile } from './price-file.js';
import { productFile } from './product-file.js';
import { stockFile } from './stock-file.js';

// biome-ignore lint/suspicious/noExplicitAny: what a kind plans is known to itself alone
export const bulkKinds: Record<BulkKindName, BulkKind<any>> = {
  [BulkKindName.PRODUCTS]: productFile,
  [BulkKindName.PRICES]: priceFile,
  [BulkKindName.STOCK]: stockFile,
};
