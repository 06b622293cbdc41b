import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { HeldUnits, PackedUnits } from '@waybill/schema/commands.js';
import type { FulfillmentState, LineUnits, WholeOrder } from '../order-parts.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import { type Refusal, refusal, timeOf } from './refusal.js';
import { sumOf } from './units.js';

/** Where the units of an order are held, as the catalog says, and where a parcel is to be packed, if that was said. */
export interface Shelves {
  held: HeldUnits[];
  /** Bare id; null leaves the choice to the rule. */
  locationId: string | null;
}

/** Nothing is known of where the units are: they are packed wherever that is. */
export const ANYWHERE: Shelves = { held: [], locationId: null };

/** What goes in one parcel, and the location where it is packed. */
export interface Packing {
  lines: LineUnits[];
  locationId: string | null;
}

/**
 * A parcel is packed at one location. Units that were named must all be held there; of all that is left, it takes what
 * is. `wanted` is what was named, or all that is left of the order.
 */
export function packingOf(
  order: WholeOrder,
  wanted: LineUnits[],
  shelves: Shelves,
  isNamed: boolean,
): Packing | { errors: OrdersUserError[] } {
  const locations = [...new Set(shelves.held.map(({ locationId }) => locationId))];
  const [only] = locations;
  const named = shelves.locationId;
  if (named !== null && !locations.includes(named)) return refused('There is nothing of it.');
  if (locations.length < 2 && waitingOf(shelves.held) === 0)
    return { lines: wanted, locationId: only ?? null };
  const waits = refuseTaking(order, shelves.held);
  if (waits) return { errors: [waits.error] };

  const free = unpacked(order, shelves.held);
  const packings = (named === null ? locations : [named]).map((locationId) => ({
    lines: heldAt(free, locationId, wanted),
    locationId,
  }));
  const packing = packings.find(({ lines }) =>
    isNamed ? unitsIn(lines) === unitsIn(wanted) : lines.length > 0,
  );
  if (packing) return packing;
  const there = locations.flatMap((locationId) => heldAt(free, locationId, wanted));
  if (isNamed && waitingOf(shelves.held) > 0 && unitsIn(there) < unitsIn(wanted))
    return { errors: [backordered(shelves.held).error] };
  return refused(
    named === null
      ? 'These units are held at several locations: pack a parcel at each.'
      : 'Not all of these units are held there.',
  );
}

/** Why nothing of the order can be taken from its shelves for the time being. */
export const refuseTaking = (order: WholeOrder, held: HeldUnits[]): Refusal | undefined =>
  refuseReleasing(order, held) ?? refuseWaiting(order, held);

/** Units that were called off are held until the catalog has chosen from where they go back. */
function refuseReleasing(order: WholeOrder, held: HeldUnits[]): Refusal | undefined {
  if (new Set(held.map(({ locationId }) => locationId)).size < 2) return undefined;
  const isPending = order.lineCancellations.some(({ status }) => status === 'PENDING');
  if (!isPending && !order.edits.some(({ status }) => status === 'APPLIED')) return undefined;
  const message = 'Units of it were called off and are just going back to stock.';
  return refusal('UNITS_BEING_RELEASED', message, 'Wait until that is done; its events tell.');
}

/** All that is left of the order is yet to come in. */
function refuseWaiting(order: WholeOrder, held: HeldUnits[]): Refusal | undefined {
  if (waitingOf(held) === 0) return undefined;
  return unitsIn(unpacked(order, held)) > 0 ? undefined : backordered(held);
}

function backordered(held: HeldUnits[]): Refusal {
  const waiting = held.filter((each) => (each.backordered ?? 0) > 0);
  const skus = [...new Set(waiting.map(({ sku }) => sku))].join(', ');
  const dates = waiting.flatMap(({ expectedAt }) => expectedAt ?? []).toSorted();
  const expected = dates.at(-1);
  const message = `${waitingOf(held)} units of ${skus} have not come in yet.`;
  const nextStep = expected
    ? `Wait until they have: they are expected on ${timeOf(expected)}.`
    : 'Wait until they have come in.';
  return refusal('BACKORDERED', message, nextStep, { code: Code.BACKORDERED, field: ['lines'] });
}

const waitingOf = (held: HeldUnits[]) => sumOf(held, (units) => units.backordered ?? 0);

const refused = (message: string) => ({
  errors: [userError(Code.HELD_ELSEWHERE, message, ['locationId'])],
});

const WAITING: ReadonlyArray<FulfillmentState['status']> = ['OPEN', 'ON_HOLD', 'SHIPPING'];

const waitingParcels = ({ fulfillments }: WholeOrder) =>
  fulfillments.filter(({ status }) => WAITING.includes(status));

/** What is in parcels that have yet to leave: of these units none is given back. */
export function packedUnits(order: WholeOrder): { packed?: PackedUnits[] } {
  const packed = waitingParcels(order).flatMap(({ id, locationId, lines }) => {
    const items = lines.map(({ sku, quantity }) => ({ sku, quantity }));
    return locationId === null ? [] : [{ shipmentId: id, locationId, items }];
  });
  return packed.length > 0 ? { packed } : {};
}

/** What is held and in no parcel that still has to leave. */
function unpacked(order: WholeOrder, held: HeldUnits[]): HeldUnits[] {
  const waiting = waitingParcels(order);
  return held.map((units) => {
    const packed = waiting
      .filter(({ locationId }) => locationId === units.locationId)
      .flatMap(({ lines }) => lines.filter(({ sku }) => sku === units.sku));
    return { ...units, quantity: Math.max(0, units.quantity - unitsIn(packed)) };
  });
}

/** Of the units wanted those that are held there; lines of one SKU share them. */
function heldAt(free: HeldUnits[], locationId: string, wanted: LineUnits[]): LineUnits[] {
  const there = free.filter((units) => units.locationId === locationId);
  const left = new Map(there.map(({ sku, quantity }) => [sku, quantity]));
  return wanted.flatMap((line) => {
    const available = left.get(line.sku) ?? 0;
    const quantity = Math.min(line.quantity, available);
    left.set(line.sku, available - quantity);
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
}

const unitsIn = (lines: Array<{ quantity: number }>) =>
  lines.reduce((all, { quantity }) => all + quantity, 0);
