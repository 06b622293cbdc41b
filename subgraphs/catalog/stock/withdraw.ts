import type { StockItem } from '@waybill/schema/commands.js';
import { unitsBySku } from './allocate.js';

/** What may become of units that are held. */
export type Movement = 'CONSUMED' | 'RELEASED';

/** What an order holds of one variant at one location, while its hold is locked. */
export interface HeldItem {
  orderId: string;
  variantId: string;
  locationId: string;
  sku: string;
  /** Units neither consumed nor released yet. */
  active: number;
  consumed: number;
}

export interface UnitsRequest {
  /** What tells it from others: the id of a shipment or of a release. */
  key: string;
  orderId: string;
  items: StockItem[];
  /** From where they leave, if they are held there: what is missing there leaves from where it is held. */
  locationId?: string | null | undefined;
}

/** Units of one variant at one location that one request takes out of an order's hold. */
export interface Withdrawal {
  key: string;
  orderId: string;
  variantId: string;
  locationId: string;
  sku: string;
  quantity: number;
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
    const taken = take(request, holds.get(request.orderId) ?? []);
    if (!taken) continue;
    withdrawals.push(...taken);
    granted.push(request);
  }
  return { withdrawals, granted, ended: endings(kind, holds, granted) };
}

function take(request: UnitsRequest, hold: HeldItem[]): Withdrawal[] | undefined {
  const bySku = Map.groupBy(
    hold.filter(({ active }) => active > 0).toSorted(preferredBy(request)),
    ({ sku }) => sku,
  );
  const wanted = unitsBySku(request.items);
  const short = [...wanted].some(([sku, quantity]) => quantity > activeUnits(bySku.get(sku)));
  if (short) return undefined;
  return [...wanted].flatMap(([sku, quantity]) =>
    drain(bySku.get(sku) ?? [], quantity).map(({ item: { variantId, locationId }, units }) => ({
      key: request.key,
      orderId: request.orderId,
      variantId,
      locationId,
      sku,
      quantity: units,
    })),
  );
}

/** The location named first; of others the one that has the least, so that soon fewer have to pack. */
const preferredBy =
  ({ locationId }: UnitsRequest) =>
  (one: HeldItem, other: HeldItem): number =>
    Number(other.locationId === locationId) - Number(one.locationId === locationId) ||
    one.active - other.active;

const activeUnits = (items: HeldItem[] = []) => items.reduce((all, { active }) => all + active, 0);

/** Takes units from one item after the other until there are enough. */
function drain(items: HeldItem[], quantity: number): Array<{ item: HeldItem; units: number }> {
  let missing = quantity;
  return items.flatMap((item) => {
    const units = Math.min(missing, item.active);
    missing -= units;
    item.active -= units;
    return units > 0 ? [{ item, units }] : [];
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
    if (hold.some(({ active }) => active > 0)) continue;
    if (kind === 'CONSUMED' || hold.some(({ consumed }) => consumed > 0)) {
      ended.set(orderId, 'CONSUMED');
    } else if (items.length > 0) ended.set(orderId, 'RELEASED');
  }
  return ended;
}
