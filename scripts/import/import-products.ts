import { toDecimal } from '@waybill/kernel/money.js';
import {
  ImportProductsDocument,
  type ImportProductsMutationVariables,
} from '@waybill/schema/generated/graphql.js';
import type { Client } from '../client.js';
import { Failure } from '../command-line/failure.js';
import { chunks } from '../command-line/figures.js';
import type { CatalogProduct } from '../online-retail/build-catalog.js';
import { CURRENCY } from '../online-retail/row.js';
import type { StockLevel } from '../stock-on-hand.js';

/** Products in one call: some 100 kB with their price histories. */
const BATCH = 250;

/** The data set is of a shop for gifts and says no more about what kind of thing each is. */
const CATEGORY = 'Gifts';

export interface Stock {
  known: ReadonlyMap<string, StockLevel>;
  /** Units to put on hand. */
  missing: ReadonlyMap<string, number>;
}

type ProductInput = ImportProductsMutationVariables['input']['products'] extends infer List
  ? List extends ReadonlyArray<infer Item>
    ? Item
    : never
  : never;

/** Writes the products into the catalog. Stock is only ever added: what is on hand and enough stays as it is. */
export async function importProducts(
  client: Client,
  products: readonly CatalogProduct[],
  stock: Stock,
  advance: (by: number) => void,
): Promise<void> {
  for (const batch of chunks(products, BATCH)) {
    const input = { products: batch.map((product) => productInput(product, stock)) };
    const { importProducts } = await client.run(ImportProductsDocument, { input });
    const [wrong] = importProducts.userErrors;
    if (wrong) throw new Failure(`importProducts: ${wrong.code} ${wrong.message}`);
    advance(batch.length);
  }
}

export function productInput(product: CatalogProduct, { known, missing }: Stock): ProductInput {
  const { sku, title, price, priceHistory } = product;
  const added = missing.get(sku) ?? 0;
  return {
    sku,
    title,
    category: CATEGORY,
    price: toDecimal(price, CURRENCY),
    currency: CURRENCY,
    ...(added > 0 ? { onHand: (known.get(sku)?.onHand ?? 0) + added } : {}),
    priceHistory: priceHistory.map(({ price: amount, validFrom }) => ({
      amount: toDecimal(amount, CURRENCY),
      validFrom: `${validFrom}Z`,
    })),
  };
}
