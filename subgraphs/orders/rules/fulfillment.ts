import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { HeldUnits } from '@waybill/schema/commands.js';
import { type Decision, followed, moved, NOTHING, noted } from '../decision.js';
import type { FulfillmentState, LineState, WholeOrder } from '../order-parts.js';
import { OrdersErrorCode as Code } from '../user-errors.js';
import { stepTo } from '../workflows/engine.js';
import { ANYWHERE, packingOf, refuseTaking, type Shelves } from './packing.js';
import { withFulfillment } from './parcels.js';
import { type Planned, refuseShipping } from './planned.js';
import { type Refusal, refusal, refused } from './refusal.js';
import {
  checkUnits,
  counted,
  everythingLeft,
  hasGoods,
  mergedUnits,
  subtracted,
  type UnitsRequest,
  unitsLeft,
  unitsOf,
} from './units.js';
import { takingMoney } from './workflow-step.js';
import { refuseWay } from './workflow-way.js';

export interface Tracking {
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
}

/**
 * A parcel with the units named, or with all that is left where it is packed; the order is being processed from here
 * on.
 */
export function createFulfillment(
  order: WholeOrder,
  id: string,
  requested: UnitsRequest[] | null,
  shelves: Shelves = ANYWHERE,
): Planned {
  const refusing = refusePacking(order);
  if (refusing) return refused(refusing);
  const units = requested ? mergedUnits(order, requested) : everythingLeft(order);
  const errors = checkUnits(order, requested ?? [], unitsLeft);
  if (errors.length === 0 && units.length === 0 && hasGoods(order))
    errors.push(userError(Code.INVALID_QUANTITY, 'Name at least one unit.', ['lines']));
  if (errors.length > 0) return { errors };
  const packing = packingOf(order, units, shelves, requested !== null);
  if ('errors' in packing) return packing;
  const { lines, locationId } = packing;
  const fulfillment = { ...EMPTY, id, number: order.fulfillments.length + 1, lines, locationId };
  return followed(order, enterProcessing(order), (processing) => ({
    ...noted(processing, 'fulfillment_created', { fulfillmentId: id, lines }),
    parts: { fulfillments: [fulfillment], lines: counted(processing, lines, 1, 'fulfilled') },
  }));
}

/** Why no parcel can be packed. Where there are no goods at all, an empty one stands for the order. */
export function refusePacking(order: WholeOrder, held: HeldUnits[] = []): Refusal | undefined {
  const refusing = refuseShipping(order) ?? refuseEntering(order);
  if (refusing || !hasGoods(order)) return refusing;
  return everythingLeft(order).length > 0 ? refuseTaking(order, held) : nothingLeft(order);
}

export function nothingLeft({ fulfillments }: WholeOrder): Refusal {
  const waiting = fulfillments.some(({ status }) => status === 'OPEN' || status === 'ON_HOLD');
  const nextStep = waiting
    ? 'Ship what is packed: shipFulfillment. Or unpack it: cancelFulfillment.'
    : 'Wait until the parcels have left.';
  const message = 'Every unit is in a parcel or was called off.';
  const error = { code: Code.INVALID_QUANTITY, field: ['lines'] };
  return refusal('NOTHING_LEFT_TO_SHIP', message, nextStep, error);
}

function refuseEntering(order: WholeOrder): Refusal | undefined {
  return order.status === 'CONFIRMED' ? refuseWay(order, 'PROCESSING') : undefined;
}

function enterProcessing(order: WholeOrder): Decision {
  if (order.status !== 'CONFIRMED') return NOTHING;
  const { transition } = stepTo(order, 'PROCESSING');
  return takingMoney(order, transition, moved(order, ['PROCESSING'], {}));
}

/** Some of a parcel goes in a second one. */
export function splitFulfillment(
  order: WholeOrder,
  { id, newId, units }: { id: string; newId: string; units: UnitsRequest[] },
): Planned {
  return withFulfillment(order, id, 'split', (fulfillment) => {
    const packed = (line: LineState) => unitsOf(fulfillment.lines, line.lineNumber);
    const errors = checkUnits(order, units, packed);
    if (errors.length > 0) return { errors };
    const lines = mergedUnits(order, units);
    const rest = subtracted(fulfillment.lines, lines);
    if (lines.length === 0 || rest.length === 0) {
      const message = 'Each of the two needs at least one unit.';
      return { errors: [userError(Code.INVALID_QUANTITY, message, ['lines'])] };
    }
    const number = order.fulfillments.length + 1;
    const second = { ...EMPTY, id: newId, number, lines, locationId: fulfillment.locationId };
    return {
      ...noted(order, 'fulfillment_split', { fulfillmentId: id, newFulfillmentId: newId, lines }),
      parts: { fulfillments: [{ ...fulfillment, lines: rest }, second] },
    };
  });
}

/** Another carrier or tracking number, until the parcel has arrived. */
export function updateTracking(order: WholeOrder, id: string, tracking: Tracking): Planned {
  return withFulfillment(order, id, 'track', (fulfillment) => ({
    ...noted(order, 'tracking_updated', { fulfillmentId: id, ...tracking }),
    parts: { fulfillments: [{ ...fulfillment, ...tracking }] },
  }));
}

/** A parcel that was not handed over is unpacked: its units can be packed anew. */
export function cancelFulfillment(order: WholeOrder, id: string, reason: string | null): Planned {
  return withFulfillment(order, id, 'unpack', (fulfillment) => ({
    ...noted(order, 'fulfillment_cancelled', { fulfillmentId: id }, reason),
    parts: unpacked(order, [fulfillment]),
  }));
}

/** The parts of an order whose parcels are unpacked. */
export function unpacked(order: WholeOrder, fulfillments: FulfillmentState[]) {
  const units = fulfillments.flatMap(({ lines }) => lines);
  return {
    lines: counted(order, units, -1, 'fulfilled'),
    fulfillments: fulfillments.map((each) => ({ ...each, status: 'CANCELLED' as const })),
  };
}

/** Nothing is packed or handed over until the hold is lifted; null lifts it. */
export function holdFulfillment(order: WholeOrder, reason: string | null): Planned {
  if (order.fulfillmentHold === reason) return NOTHING;
  const refusing = refuseHold(order);
  if (refusing) return refused(refusing);
  const type = reason === null ? 'fulfillment_released' : 'fulfillment_held';
  const held = noted(order, type, {}, reason);
  return { ...held, patch: { ...held.patch, fulfillmentHold: reason } };
}

/** Why the order cannot be put on hold, or go on. */
export function refuseHold(order: WholeOrder): Refusal | undefined {
  return refuseShipping({ ...order, fulfillmentHold: null });
}

/** Why there is no hold to be lifted. */
export function refuseRelease(order: WholeOrder): Refusal | undefined {
  if (order.fulfillmentHold !== null) return refuseHold(order);
  const nextStep = 'Nothing has to be lifted: go on.';
  return refusal('NOT_ON_HOLD', 'Its fulfillment is not on hold.', nextStep);
}

const EMPTY: FulfillmentState = {
  id: '',
  number: 0,
  status: 'OPEN',
  lines: [],
  locationId: null,
  captureAmount: 0,
  captured: 0,
  heldReason: null,
  carrier: null,
  trackingNumber: null,
  trackingUrl: null,
};
