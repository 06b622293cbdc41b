import type { ReserveResult, Shortage, StockItem } from '@waybill/schema/commands.js';

/** A product's row while it is locked. */
export interface StockRow {
  id: string;
  sku: string;
  active: boolean;
  onHand: number;
  reserved: number;
}

export interface StockRequest {
  /** What it goes by: the id of an order, or of an addition to one. */
  key: string;
  items: StockItem[];
}

/** Units of one product that one request is given. */
export interface Allotment {
  key: string;
  variantId: string;
  quantity: number;
}

export type Refusal = Exclude<ReserveResult, { outcome: 'RESERVED' }>;

export interface Allocation {
  allotments: Allotment[];
  /** By key; a request that is not in here gets all it asked for. */
  refusals: Map<string, Refusal>;
}

/**
 * Shares out stock to requests one after the other: each gets everything it asks for or nothing at all, and what one
 * takes the next no longer finds. Lines of the same SKU count together.
 */
export function allocate(rows: StockRow[], requests: StockRequest[]): Allocation {
  const stock = new Map(rows.map((row) => [row.sku, row]));
  const available = new Map(rows.map((row) => [row.sku, row.onHand - row.reserved]));
  const allotments: Allotment[] = [];
  const refusals = new Map<string, Refusal>();

  for (const { key, items } of requests) {
    const wanted = unitsBySku(items);
    const refusal = refuse(wanted, stock, available);
    if (refusal) {
      refusals.set(key, refusal);
      continue;
    }
    for (const [sku, quantity] of wanted) {
      available.set(sku, (available.get(sku) ?? 0) - quantity);
      allotments.push({ key, variantId: stock.get(sku)?.id ?? '', quantity });
    }
  }
  return { allotments, refusals };
}

/** Units per SKU over all lines. Throws RangeError on a quantity that is no positive integer. */
export function unitsBySku(items: StockItem[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { sku, quantity } of items) {
    if (!Number.isSafeInteger(quantity) || quantity < 1) {
      throw new RangeError(`${quantity} of ${sku} is not a quantity`);
    }
    units.set(sku, (units.get(sku) ?? 0) + quantity);
  }
  return units;
}

function refuse(
  wanted: Map<string, number>,
  stock: Map<string, StockRow>,
  available: Map<string, number>,
): Refusal | undefined {
  const skus = [...wanted.keys()].filter((sku) => !stock.get(sku)?.active);
  if (skus.length > 0) return { outcome: 'NOT_SELLABLE', skus };

  const shortages: Shortage[] = [];
  for (const [sku, requested] of wanted) {
    const left = available.get(sku) ?? 0;
    if (requested > left) shortages.push({ sku, requested, available: left });
  }
  return shortages.length > 0 ? { outcome: 'SHORT', shortages } : undefined;
}
