import type { ReserveResult, Shortage, StockItem } from '@waybill/schema/commands.js';
import { type Shelf, takeFrom } from './choose-locations.js';

/** What one location has of a variant, while its row is locked. */
export interface StockRow {
  variantId: string;
  sku: string;
  /** Whether the variant is for sale. */
  active: boolean;
  locationId: string;
  /** Locations with a lower number come first. */
  priority: number;
  /** Whether new orders are served from this location. */
  open: boolean;
  onHand: number;
  reserved: number;
}

export interface StockRequest {
  /** What it goes by: the id of an order, or of an addition to one. */
  key: string;
  items: StockItem[];
}

/** Units of one variant at one location that one request is given. */
export interface Allotment {
  key: string;
  variantId: string;
  locationId: string;
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
  const stock = Map.groupBy(rows.map(shelfOf).toSorted(byPriority), ({ sku }) => sku);
  const allotments: Allotment[] = [];
  const refusals = new Map<string, Refusal>();

  for (const { key, items } of requests) {
    const wanted = unitsBySku(items);
    const refusal = refuse(wanted, stock);
    if (refusal) {
      refusals.set(key, refusal);
      continue;
    }
    const shelves = [...wanted.keys()].flatMap((sku) => stock.get(sku) ?? []);
    for (const { shelf, units } of takeFrom(shelves, wanted)) {
      shelf.available -= units;
      const { variantId, locationId } = shelf;
      allotments.push({ key, variantId, locationId, quantity: units });
    }
  }
  return { allotments, refusals };
}

/** A stock row and what is left of it for the requests to come. */
interface OpenShelf extends StockRow, Shelf {}

const shelfOf = (row: StockRow): OpenShelf => ({
  ...row,
  available: row.open ? row.onHand - row.reserved : 0,
});

const byPriority = (one: OpenShelf, other: OpenShelf) =>
  one.priority - other.priority || (one.locationId < other.locationId ? -1 : 1);

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

function refuse(wanted: Map<string, number>, stock: Map<string, OpenShelf[]>): Refusal | undefined {
  const skus = [...wanted.keys()].filter((sku) => !stock.get(sku)?.[0]?.active);
  if (skus.length > 0) return { outcome: 'NOT_SELLABLE', skus };

  const shortages: Shortage[] = [];
  for (const [sku, requested] of wanted) {
    const available = (stock.get(sku) ?? []).reduce((all, shelf) => all + shelf.available, 0);
    if (requested > available) shortages.push({ sku, requested, available });
  }
  return shortages.length > 0 ? { outcome: 'SHORT', shortages } : undefined;
}
