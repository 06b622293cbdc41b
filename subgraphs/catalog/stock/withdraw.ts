import type { StockItem } from '@waybill/schema/commands.js';
import { unitsBySku } from './allocate.js';

/** What may become of units that are held. */
export type Movement = 'CONSUMED' | 'RELEASED';

/** What an order holds of one product, while its hold is locked. */
export interface HeldItem {
  orderId: string;
  variantId: string;
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
}

/** Units of one product that one request takes out of an order's hold. */
export interface Withdrawal {
  key: string;
  orderId: string;
  variantId: string;
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

function take({ key, orderId, items }: UnitsRequest, hold: HeldItem[]): Withdrawal[] | undefined {
  const bySku = new Map(hold.filter(({ active }) => active > 0).map((item) => [item.sku, item]));
  const wanted = unitsBySku(items);
  const short = [...wanted].some(([sku, quantity]) => quantity > (bySku.get(sku)?.active ?? 0));
  if (short) return undefined;
  return [...wanted].map(([sku, quantity]) => {
    const item = bySku.get(sku) as HeldItem;
    item.active -= quantity;
    return { key, orderId, variantId: item.variantId, sku, quantity };
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
