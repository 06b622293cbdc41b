import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type ShipmentRequested = Extract<DomainEvent, { type: 'order.shipment_requested' }>;

/**
 * Takes the money that is due with a shipment, then lets its units leave the building. Money that does not come keeps
 * the parcel back, and staff are asked to look.
 */
export async function shipFulfillment(
  { subject: orderId, data }: ShipmentRequested,
  { catalog, orders, payments }: CommandClients,
): Promise<void> {
  const { fulfillmentId, items, locationId, capture } = data;
  const captured = capture
    ? await payments.capturePayment({ orderId, captureId: fulfillmentId, ...capture })
    : ({ outcome: 'CAPTURED', amount: 0 } as const);
  if (captured.outcome === 'FAILED') {
    const { code, captured: taken, ended } = captured;
    const held = { fulfillmentId, code, captured: taken, ended };
    await orders.applyToOrder({ orderId, command: { type: 'recordShipmentHeld', ...held } });
    return;
  }
  const shipment = { orderId, shipmentId: fulfillmentId, locationId, items };
  const { outcome } = await catalog.consumeStock(shipment);
  if (outcome === 'NOT_COMMITTED')
    throw new Error(`the units of order ${orderId} are not committed`);
  const command = { type: 'recordShipped', fulfillmentId, captured: captured.amount } as const;
  await orders.applyToOrder({ orderId, command });
}
