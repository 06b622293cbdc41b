import type { Database } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import { storable } from '../storable.js';
import { createOfferedVariants, type OfferedVariants } from '../variants/offered-variants.js';
import { VARIANT_COLUMNS, type VariantRow } from '../variants/variant.js';
import { PRODUCT_COLUMNS, type ProductRow } from './product.js';

export interface Loaders {
  productById: DataLoader<string, ProductRow | null>;
  productByHandle: DataLoader<string, ProductRow | null>;
  variantById: DataLoader<string, VariantRow | null>;
  variantBySku: DataLoader<string, VariantRow | null>;
  variantsOfProduct: OfferedVariants;
}

/** One statement per batch; made anew for each operation, so that nobody sees what another may see. */
export function createLoaders({ query }: Pick<Database, 'query'>): Loaders {
  const products = (name: string, where: string, keys: readonly string[]) =>
    query<ProductRow>(name, `select ${PRODUCT_COLUMNS} from products where ${where}`, [keys]);
  const variants = (name: string, where: string, keys: readonly string[]) =>
    query<VariantRow>(name, `select ${VARIANT_COLUMNS} from variants where ${where}`, [keys]);
  return {
    productById: new DataLoader(async (ids) => {
      const rows = await products('products.byId', 'id = any($1::uuid[])', ids);
      return inOrder(ids, rows, (row) => row.id);
    }),
    productByHandle: new DataLoader(async (handles) => {
      const keys = handles.map(storable);
      const rows = await products('products.byHandle', 'handle = any($1::text[])', keys);
      return inOrder(handles, rows, (row) => row.handle);
    }),
    variantById: new DataLoader(async (ids) => {
      const rows = await variants('variants.byId', 'id = any($1::uuid[])', ids);
      return inOrder(ids, rows, (row) => row.id);
    }),
    variantBySku: new DataLoader(async (skus) => {
      const rows = await variants('variants.bySku', 'sku = any($1::text[])', skus.map(storable));
      return inOrder(skus, rows, (row) => row.sku);
    }),
    variantsOfProduct: createOfferedVariants({ query }),
  };
}

function inOrder<Row>(keys: readonly string[], rows: Row[], keyOf: (row: Row) => string) {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}
