import type { PackedUnits, StockItem } from '@waybill/schema/commands.js';
import { unitsBySku } from './allocate.js';

/** What may become of units that are held. */
export type Movement = 'CONSUMED' | 'RELEASED';

/** What an order holds of one variant at one location, while its hold is locked. */
export interface HeldItem {
  orderId: string;
  variantId: string;
  locationId: string;
  sku: string;
  /** Units neither consumed nor released yet that are on hand, and those that are yet to come in. */
  active: number;
  backordered: number;
  consumed: number;
}

export interface UnitsRequest {
  /** What tells it from others: the id of a shipment or of a release. */
  key: string;
  orderId: string;
  items: StockItem[];
  /** From where they leave, if they are held there: what is missing there leaves from where it is held. */
  locationId?: string | null | undefined;
  /** What is given back is none of these units, which are to leave from where they are. */
  packed?: PackedUnits[] | undefined;
}

/** Units of one variant at one location that one request takes out of an order's hold. */
export interface Withdrawal {
  key: string;
  orderId: string;
  variantId: string;
  locationId: string;
  sku: string;
  quantity: number;
  /** How many of them had not come in. */
  backordered: number;
}

export interface Withdrawals {
  withdrawals: Withdrawal[];
  /** The requests that got all they asked for. */
  granted: UnitsRequest[];
  /** Orders that hold nothing any more, and how their holds ended: CONSUMED if any unit was. */
  ended: Map<string, Movement>;
}

/** Takes units out of holds, request by request: each gets everything it asks for or nothing at all. */
export function withdraw(kind: Movement, held: HeldItem[], requests: UnitsRequest[]): Withdrawals {
  const holds = Map.groupBy(
    held.map((item) => ({ ...item })),
    (item) => item.orderId,
  );
  const withdrawals: Withdrawal[] = [];
  const granted: UnitsRequest[] = [];

  for (const request of requests) {
    const taken = take(kind, request, holds.get(request.orderId) ?? []);
    if (!taken) continue;
    withdrawals.push(...taken);
    granted.push(request);
  }
  return { withdrawals, granted, ended: endings(kind, holds, granted) };
}

/** Nothing leaves that has not come in; what is given back is first what has not. */
function take(kind: Movement, request: UnitsRequest, hold: HeldItem[]): Withdrawal[] | undefined {
  const bySku = Map.groupBy(hold.toSorted(preferredBy(request)), ({ sku }) => sku);
  const wanted = unitsBySku(request.items);
  const has = ({ active, backordered }: HeldItem) =>
    kind === 'RELEASED' ? active + backordered : active;
  const short = [...wanted].some(([sku, quantity]) => quantity > sumOf(bySku.get(sku) ?? [], has));
  if (short) return undefined;
  const { key, orderId } = request;
  return [...wanted].flatMap(([sku, quantity]) => {
    const items = bySku.get(sku) ?? [];
    const waiting = kind === 'RELEASED' ? drain(items, 'backordered', quantity) : [];
    const missing = quantity - sumOf(waiting, ({ units }) => units);
    const free = drain(items, 'active', missing, packedAt(request));
    const rest = drain(items, 'active', missing - sumOf(free, ({ units }) => units));
    return [...waiting, ...free, ...rest].map(({ item: { variantId, locationId }, units, of }) => ({
      ...{ key, orderId, variantId, locationId, sku },
      quantity: units,
      backordered: of === 'backordered' ? units : 0,
    }));
  });
}

/** The location named first; of others the one that has the least, so that soon fewer have to pack. */
const preferredBy =
  ({ locationId }: UnitsRequest) =>
  (one: HeldItem, other: HeldItem): number =>
    Number(other.locationId === locationId) - Number(one.locationId === locationId) ||
    one.active - other.active;

function sumOf<Item>(items: Item[], unitsOf: (item: Item) => number): number {
  return items.reduce((all, item) => all + unitsOf(item), 0);
}

/** Units of a request's packed parcels at one location. */
const packedAt =
  ({ packed = [] }: UnitsRequest) =>
  ({ locationId, sku }: HeldItem): number => {
    const there = packed.filter((parcel) => parcel.locationId === locationId);
    const same = there.flatMap(({ items }) => items.filter((item) => item.sku === sku));
    return sumOf(same, ({ quantity }) => quantity);
  };

/** Takes units from one item after the other until there are enough, and leaves in each what is to be kept. */
function drain(
  items: HeldItem[],
  of: 'active' | 'backordered',
  quantity: number,
  keptIn: (item: HeldItem) => number = () => 0,
) {
  let missing = quantity;
  return items.flatMap((item) => {
    const units = Math.min(missing, Math.max(0, item[of] - keptIn(item)));
    missing -= units;
    item[of] -= units;
    return units > 0 ? [{ item, units, of }] : [];
  });
}

/** A hold without goods ends with its shipment, too; releasing nothing ends nothing. */
function endings(
  kind: Movement,
  holds: Map<string, HeldItem[]>,
  granted: UnitsRequest[],
): Map<string, Movement> {
  const ended = new Map<string, Movement>();
  for (const { orderId, items } of granted) {
    const hold = holds.get(orderId) ?? [];
    if (hold.some(({ active, backordered }) => active + backordered > 0)) continue;
    if (kind === 'CONSUMED' || hold.some(({ consumed }) => consumed > 0)) {
      ended.set(orderId, 'CONSUMED');
    } else if (items.length > 0) ended.set(orderId, 'RELEASED');
  }
  return ended;
}
