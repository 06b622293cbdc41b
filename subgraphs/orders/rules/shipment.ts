import type { EndedPayment, HeldUnits } from '@waybill/schema/commands.js';
import { type Decision, followed, moved, NOTHING, noted, notice } from '../decision.js';
import { type FulfillmentState, type WholeOrder, withParts } from '../order-parts.js';
import { stepTo } from '../workflows/engine.js';
import { takesMoney } from '../workflows/workflow.js';
import { withoutEnded } from './authorization.js';
import { createFulfillment, nothingLeft, refusePacking, type Tracking } from './fulfillment.js';
import { notNow } from './not-now.js';
import { refuseMoves, withFulfillment } from './parcels.js';
import { refundStatusOf } from './payment.js';
import { isShippable, type Planned, refuseShipping } from './planned.js';
import { type Refusal, refusal, refused } from './refusal.js';
import { dueOf, shipmentCapture } from './shipment-capture.js';
import { counted, everythingLeft } from './units.js';
import { refuseWay } from './workflow-way.js';

/** Hands a parcel to the carrier: a job takes the money that is due with it and lets the units leave. */
export function shipFulfillment(order: WholeOrder, id: string, tracking: Tracking): Planned {
  return withFulfillment(order, id, 'ship', (fulfillment) => {
    const refusing = refuseShipping(order) ?? refuseLeaving(order);
    if (refusing) return refused(refusing);
    const capture = shipmentCapture(order, fulfillment);
    const items = fulfillment.lines.map(({ sku, quantity }) => ({ sku, quantity }));
    const { locationId } = fulfillment;
    const due = { fulfillmentId: id, items, locationId, capture };
    const requested = noted(order, 'shipment_requested', due);
    const next: FulfillmentState = {
      ...fulfillment,
      ...tracking,
      status: 'SHIPPING',
      captureAmount: capture?.amount ?? 0,
      heldReason: null,
    };
    const decision = { ...requested, parts: { fulfillments: [next] } };
    return fulfillment.status === 'ON_HOLD' ? attended(order, decision) : decision;
  });
}

/** Why no parcel can be handed over. */
export function refuseShipment(order: WholeOrder): Refusal | undefined {
  return refuseShipping(order) ?? refuseMoves(order, 'ship') ?? refuseLeaving(order);
}

/**
 * All of an order that is left, handed over at once: one parcel, or one for each location that holds some of it. `ids`
 * are theirs, at least one. Asked again, it answers the same.
 */
export function shipRest(order: WholeOrder, ids: string[], held: HeldUnits[] = []): Planned {
  const waits = packedOnly(order);
  if (waits) return refused(waits);
  if (isUnderWay(order)) return NOTHING;
  const refusing = refuseAtOnce(order);
  return refusing ? refused(refusing) : shipWhole(order, ids, held);
}

/** Why there is nothing to be packed and handed over at once. */
export function refuseShippingRest(order: WholeOrder, held: HeldUnits[] = []): Refusal | undefined {
  const waits = packedOnly(order);
  if (waits || !isUnderWay(order))
    return waits ?? refusePacking(order, held) ?? refuseAtOnce(order);
  return isShippable(order) ? nothingLeft(order) : notNow(order);
}

/** Why its workflow does not let anything leave from where it is. */
function refuseLeaving(order: WholeOrder): Refusal | undefined {
  return order.status === 'PROCESSING'
    ? refuseWay(order, 'PARTIALLY_SHIPPED', 'SHIPPED')
    : refuseWay(order, 'SHIPPED');
}

/** Why it cannot be packed and handed over in one go. */
function refuseAtOnce(order: WholeOrder): Refusal | undefined {
  if (!order.workflow || order.status !== 'CONFIRMED') return refuseLeaving(order);
  const { workflowStatus, transition } = stepTo(order, 'PROCESSING');
  if (order.captureOn === 'SHIPMENT' && transition && takesMoney(transition)) {
    const message = 'Its money is taken when it is packed, before anything leaves.';
    return refusal('MONEY_BEING_TAKEN', message, 'Pack it first: createFulfillment.');
  }
  return refuseLeaving({ ...order, status: 'PROCESSING', workflowStatus });
}

/** What is packed already waits for its own handing over, and must not look as if it had left. */
function packedOnly(order: WholeOrder): Refusal | undefined {
  const waiting = order.fulfillments.find(
    ({ status }) => status === 'OPEN' || status === 'ON_HOLD',
  );
  if (!waiting || everythingLeft(order).length > 0) return undefined;
  const message = `All that is left is packed: parcel ${waiting.number} is ${waiting.status}.`;
  return refusal('NOTHING_LEFT_TO_SHIP', message, 'Ship it by itself: shipFulfillment.');
}

function isUnderWay(order: WholeOrder): boolean {
  if (['SHIPPED', 'DELIVERED'].includes(order.status)) return true;
  return order.fulfillments.length > 0 && everythingLeft(order).length === 0;
}

function shipWhole(order: WholeOrder, [id = '', ...more]: string[], held: HeldUnits[]): Planned {
  const created = createFulfillment(order, id, null, { held, locationId: null });
  if ('errors' in created) return created;
  return followed(order, created, (packed) => {
    const shipped = carriedOut(order, shipFulfillment(packed, id, UNTRACKED));
    return followed(packed, shipped, (after) => {
      // What is not on hand yet stays for another time.
      const rest = more.length > 0 ? shipWhole(after, more, held) : NOTHING;
      return 'errors' in rest ? NOTHING : rest;
    });
  });
}

function carriedOut({ id }: WholeOrder, planned: Planned): Decision {
  if ('errors' in planned) throw new Error(`a new parcel of order ${id} cannot leave`);
  return planned;
}

const UNTRACKED: Tracking = { carrier: null, trackingNumber: null, trackingUrl: null };

interface Shipment {
  fulfillmentId: string;
  /** All that was captured for it; minor units. */
  captured: number;
}

/** The units have left the building, and what was due with them is captured. */
export function recordShipped(order: WholeOrder, shipment: Shipment): Decision {
  return whileShipping(order, shipment, (fulfillment, money) => {
    const { captured } = shipment;
    const { carrier, trackingNumber, trackingUrl } = fulfillment;
    const parcel = { carrier, trackingNumber, trackingUrl };
    const first: Decision = {
      facts: [],
      patch: money,
      parts: {
        lines: counted(order, fulfillment.lines, 1, 'shipped'),
        fulfillments: [{ ...fulfillment, status: 'SHIPPED', captured }],
      },
    };
    return followed(order, first, (after) =>
      attended(after, settleShipping(after, { fulfillmentId: fulfillment.id, parcel })),
    );
  });
}

/** The money for a shipment did not come: the parcel waits, and staff are asked to look. */
export function recordShipmentHeld(
  order: WholeOrder,
  { code, ended, ...shipment }: Shipment & { code: string; ended: EndedPayment[] },
): Decision {
  return whileShipping(order, shipment, (fulfillment, money) => {
    const { id, number } = fulfillment;
    const { captured } = shipment;
    const held = noted(order, 'shipment_held', { fulfillmentId: id, code }, code);
    const needsAttention = `shipment ${number} waits for its money: ${code}`;
    return {
      ...held,
      patch: {
        ...held.patch,
        ...money,
        ...withoutEnded({ ...order, ...money }, ended),
        needsAttention,
      },
      parts: { fulfillments: [{ ...fulfillment, status: 'ON_HOLD', captured, heldReason: code }] },
    };
  });
}

/** What staff were asked to look at is settled with the last parcel that waits. */
function attended(order: WholeOrder, decision: Decision): Decision {
  const { fulfillments } = withParts(order, decision.parts ?? {});
  const waits = fulfillments.some(({ status }) => status === 'ON_HOLD');
  const needsAttention = waits ? order.needsAttention : null;
  return { ...decision, patch: { ...decision.patch, needsAttention } };
}

/** Only a parcel that is being handed over can come to leave; `money` is what the order then knows of its payment. */
function whileShipping(
  order: WholeOrder,
  { fulfillmentId, captured }: Shipment,
  decide: (fulfillment: FulfillmentState, money: Decision['patch']) => Decision,
): Decision {
  const fulfillment = order.fulfillments.find(({ id }) => id === fulfillmentId);
  if (fulfillment?.status !== 'SHIPPING') return NOTHING;
  return decide(fulfillment, moneyTaken(order, captured - fulfillment.captured));
}

/** What an order knows of its payment when `more` has been taken of it; minor units. */
export function moneyTaken(order: WholeOrder, more: number): Decision['patch'] {
  if (more <= 0) return {};
  const captured = order.captured + more;
  const paymentStatus = captured >= dueOf(order) ? 'PAID' : 'PARTIALLY_PAID';
  // What was all of it may be a part of it now.
  const refundStatus = refundStatusOf({ ...order, captured });
  const authorized = Math.max(order.authorized, captured);
  return { captured, authorized, paymentStatus, refundStatus };
}

/** A parcel has arrived; with the last one the order is delivered. */
export function deliverFulfillment(order: WholeOrder, id: string): Planned {
  return withFulfillment(order, id, 'deliver', (fulfillment) => {
    const refusing = refuseArriving(order);
    if (refusing) return refused(refusing);
    const delivered = noted(order, 'fulfillment_delivered', { fulfillmentId: id });
    const parts = { fulfillments: [{ ...fulfillment, status: 'DELIVERED' as const }] };
    return followed(order, { ...delivered, parts }, settleDelivery);
  });
}

/** Why no parcel can be said to have arrived. */
export function refuseDelivery(order: WholeOrder): Refusal | undefined {
  return refuseMoves(order, 'deliver') ?? refuseArriving(order);
}

/** With the last parcel the order is delivered, if its workflow lets it. */
function refuseArriving(order: WholeOrder): Refusal | undefined {
  const under = order.fulfillments.filter(({ status }) => status === 'SHIPPED');
  return order.status === 'SHIPPED' && under.length === 1
    ? refuseWay(order, 'DELIVERED')
    : undefined;
}

/** Whether the order has left in part or as a whole, by what was shipped and called off. */
export function settleShipping(order: WholeOrder, data: object): Decision {
  const goods = order.lines.filter(({ kind }) => kind === 'PRODUCT');
  const gone = goods.every((line) => line.shipped + line.cancelled === line.quantity);
  if (gone && order.status !== 'SHIPPED') {
    return followed(order, moved(order, ['SHIPPED'], {}, data), settleDelivery);
  }
  if (order.status === 'PROCESSING') return moved(order, ['PARTIALLY_SHIPPED'], {}, data);
  return noted(order, 'partially_shipped', { ...data, ...notice(order) });
}

/** Whether the last parcel has arrived. */
function settleDelivery(order: WholeOrder): Decision {
  const sent = order.fulfillments.filter(({ status }) => status !== 'CANCELLED');
  const arrived = sent.length > 0 && sent.every(({ status }) => status === 'DELIVERED');
  return order.status === 'SHIPPED' && arrived ? moved(order, ['DELIVERED'], {}) : NOTHING;
}
