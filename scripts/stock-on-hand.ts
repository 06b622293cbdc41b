import { ProductStockDocument } from '@waybill/schema/generated/graphql.js';
import type { Client } from './client.js';
import { chunks } from './command-line/figures.js';
import { eachAtOnce } from './command-line/slots.js';

export interface StockLevel {
  onHand: number;
  reserved: number;
}

/** What the catalog has of these products; the ones that it does not know are absent. */
export async function stockOnHand(
  client: Client,
  skus: readonly string[],
): Promise<Map<string, StockLevel>> {
  const levels = new Map<string, StockLevel>();
  await eachAtOnce(chunks(skus, 100), 2, async (batch) => {
    const { productVariants } = await client.run(ProductStockDocument, { skus: batch });
    for (const { node } of productVariants.edges) {
      const { onHand, reserved } = node.stock;
      levels.set(node.sku, { onHand: onHand ?? 0, reserved: reserved ?? 0 });
    }
  });
  return levels;
}
