import type { Invoice } from '../online-retail/plan-invoices.js';
import type { StockLevel } from '../stock-on-hand.js';

/** Units of each product that these invoices sell. */
export function unitsBySku(invoices: Iterable<Invoice>): Map<string, number> {
  const units = new Map<string, number>();
  for (const { lines } of invoices) {
    for (const { stockCode, quantity } of lines) {
      units.set(stockCode, (units.get(stockCode) ?? 0) + quantity);
    }
  }
  return units;
}

/**
 * What must be put on hand so that the wanted units can be sold. Held units belong to orders that are placed already;
 * what is free may stay from another file or have come back.
 */
export function missingStock(
  wanted: ReadonlyMap<string, number>,
  levels: ReadonlyMap<string, StockLevel>,
): Map<string, number> {
  const missing = new Map<string, number>();
  for (const [sku, units] of wanted) {
    const { onHand, reserved } = levels.get(sku) ?? { onHand: 0, reserved: 0 };
    if (units > onHand - reserved) missing.set(sku, units - (onHand - reserved));
  }
  return missing;
}
