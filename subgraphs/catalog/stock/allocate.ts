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
  /** Units promised that are yet to come in: what is on hand and not reserved is theirs first. */
  backordered: number;
  /** How many units of the variant may be promised beyond what is there. */
  allowance: number;
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
  /** How many of them are yet to come in. */
  backordered: number;
}

export type Refusal = Exclude<ReserveResult, { outcome: 'RESERVED' }>;

export interface Allocation {
  allotments: Allotment[];
  /** By key; a request that is not in here gets all it asked for. */
  refusals: Map<string, Refusal>;
}

/**
 * Shares out stock to requests one after the other: each gets everything it asks for or nothing at all, and what one
 * takes the next no longer finds. Lines of the same SKU count together. What is not there is promised as far as the
 * variant allows it.
 */
export function allocate(rows: StockRow[], requests: StockRequest[]): Allocation {
  const shelves = Map.groupBy(rows.map(shelfOf).toSorted(byPriority), ({ sku }) => sku);
  const stock = new Map([...shelves].map(([sku, own]) => [sku, stockOf(own)]));
  const allotments: Allotment[] = [];
  const refusals = new Map<string, Refusal>();

  for (const { key, items } of requests) {
    const wanted = unitsBySku(items);
    const refusal = refuse(wanted, stock);
    if (refusal) {
      refusals.set(key, refusal);
      continue;
    }
    allotments.push(...takeUnits(key, wanted, stock));
  }
  return { allotments, refusals };
}

/** What there is of one SKU for the requests to come. */
interface Stock {
  shelves: OpenShelf[];
  /** Units that can still be promised. */
  room: number;
}

/** Units that others wait for are no longer there; what they wait for beyond that takes up room. */
function stockOf(shelves: OpenShelf[]): Stock {
  let waiting = shelves.reduce((all, { backordered }) => all + backordered, 0);
  for (const shelf of shelves) {
    const theirs = Math.min(waiting, Math.max(0, shelf.available));
    shelf.available -= theirs;
    waiting -= theirs;
  }
  return { shelves, room: Math.max(0, (shelves[0]?.allowance ?? 0) - waiting) };
}

const thereOf = ({ shelves }: Stock) =>
  shelves.reduce((all, { available }) => all + Math.max(0, available), 0);

function takeUnits(key: string, wanted: Map<string, number>, stock: Map<string, Stock>) {
  const there = new Map(
    [...wanted].map(([sku, units]) => [sku, Math.min(units, thereOf(stock.get(sku) ?? NONE))]),
  );
  const shelves = [...wanted.keys()].flatMap((sku) => stock.get(sku)?.shelves ?? []);
  const takes = takeFrom(shelves, there);
  const allotments = takes.map(({ shelf, units }): Allotment => {
    shelf.available -= units;
    const { variantId, locationId } = shelf;
    return { key, variantId, locationId, quantity: units, backordered: 0 };
  });
  for (const [sku, units] of wanted) {
    const missing = units - (there.get(sku) ?? 0);
    if (missing > 0) promise(key, missing, stock.get(sku) ?? NONE, allotments);
  }
  return allotments;
}

const NONE: Stock = { shelves: [], room: 0 };

/** What is missing is promised where the rest of the SKU is held, else at the first location that serves orders. */
function promise(key: string, units: number, own: Stock, allotments: Allotment[]): void {
  own.room -= units;
  const [first] = own.shelves.filter(({ open }) => open).concat(own.shelves);
  const { variantId = '', locationId = '' } = first ?? {};
  const held = allotments.find((each) => each.variantId === variantId);
  if (held) {
    held.quantity += units;
    held.backordered += units;
  } else allotments.push({ key, variantId, locationId, quantity: units, backordered: units });
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

function refuse(wanted: Map<string, number>, stock: Map<string, Stock>): Refusal | undefined {
  const skus = [...wanted.keys()].filter((sku) => !stock.get(sku)?.shelves[0]?.active);
  if (skus.length > 0) return { outcome: 'NOT_SELLABLE', skus };

  const shortages: Shortage[] = [];
  for (const [sku, requested] of wanted) {
    const own = stock.get(sku) ?? NONE;
    const available = thereOf(own) + own.room;
    if (requested > available) shortages.push({ sku, requested, available });
  }
  return shortages.length > 0 ? { outcome: 'SHORT', shortages } : undefined;
}
