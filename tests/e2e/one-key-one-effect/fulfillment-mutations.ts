import { stepsUntil } from '../../support/orders.js';
import { confirmedOrder, eventsOf, type Request, type Stage } from './stage.js';

type Requests = Record<string, (stage: Stage) => Promise<Request>>;

/** A real request for each mutation about the parcels of an order. */
export const FULFILLMENT_MUTATIONS: Requests = {
  createFulfillment: async (stage) => {
    const orderId = await confirmedOrder(stage, 2);
    return {
      as: stage.shop.staff,
      input: { orderId, lines: [{ lineNumber: 1, quantity: 1 }] },
      other: { lines: [{ lineNumber: 1, quantity: 2 }] },
      wrong: { lines: [{ lineNumber: 1, quantity: 9 }] },
      effects: () => eventsOf(stage, orderId, 'FULFILLMENT_CREATED'),
    };
  },
  shipFulfillment: (stage) =>
    ofParcel(stage, 'SHIPMENT_REQUESTED', {
      input: { carrier: 'Post' },
      other: { carrier: 'Courier' },
      wrong: { trackingUrl: 'nonsense' },
    }),
  updateFulfillmentTracking: (stage) =>
    ofParcel(stage, 'TRACKING_UPDATED', {
      input: { carrier: 'Post' },
      other: { carrier: 'Courier' },
      wrong: { trackingUrl: 'nonsense' },
    }),
  splitFulfillment: (stage) =>
    ofParcel(stage, 'FULFILLMENT_SPLIT', {
      input: { lines: [{ lineNumber: 1, quantity: 1 }] },
      other: { lines: [{ lineNumber: 1, quantity: 2 }] },
      wrong: { lines: [] },
    }),
  cancelFulfillment: (stage) =>
    ofParcel(stage, 'FULFILLMENT_CANCELLED', {
      input: { reason: 'torn' },
      other: { reason: 'wet' },
      wrong: { fulfillmentId: 'nonsense' },
    }),
  deliverFulfillment: async (stage) => {
    const orderId = await confirmedOrder(stage, 2);
    const { staff } = stage.shop;
    const fulfillmentId = await parcelOf(stage, orderId);
    await staff.ask(
      'mutation ($input: TrackingInput!) { shipFulfillment(input: $input) { userErrors { code } } }',
      { input: { fulfillmentId } },
    );
    await stepsUntil(stage.customer, orderId, 'SHIPPED');
    return {
      as: staff,
      input: { fulfillmentId },
      other: { fulfillmentId: 'another' },
      wrong: { fulfillmentId: 'nonsense' },
      effects: () => eventsOf(stage, orderId, 'FULFILLMENT_DELIVERED'),
    };
  },
  setFulfillmentHold: async (stage) => {
    const orderId = await confirmedOrder(stage);
    return {
      as: stage.shop.staff,
      input: { orderId, reason: 'fraud?' },
      other: { reason: 'address?' },
      wrong: { orderId: 'nonsense' },
      effects: () => eventsOf(stage, orderId, 'FULFILLMENT_HELD'),
    };
  },
  cancelOrderLines: async (stage) => {
    const orderId = await confirmedOrder(stage, 3);
    return {
      as: stage.shop.staff,
      input: { orderId, lines: [{ lineNumber: 1, quantity: 1 }] },
      other: { lines: [{ lineNumber: 1, quantity: 2 }] },
      wrong: { lines: [{ lineNumber: 1, quantity: 9 }] },
      effects: () => eventsOf(stage, orderId, 'LINES_CANCELLED'),
    };
  },
};

/** A request about a parcel of two units that is being packed. */
async function ofParcel(
  stage: Stage,
  event: string,
  { input, ...request }: Pick<Request, 'input' | 'other' | 'wrong'>,
): Promise<Request> {
  const orderId = await confirmedOrder(stage, 2);
  const fulfillmentId = await parcelOf(stage, orderId);
  return {
    ...request,
    as: stage.shop.staff,
    input: { ...input, fulfillmentId },
    effects: () => eventsOf(stage, orderId, event),
  };
}

async function parcelOf({ shop }: Stage, orderId: string): Promise<string> {
  const { createFulfillment } = await shop.staff.ask<{
    createFulfillment: { fulfillment: { id: string } };
  }>(
    `mutation ($input: CreateFulfillmentInput!) {
       createFulfillment(input: $input) { fulfillment { id } } }`,
    { input: { orderId } },
  );
  return createFulfillment.fulfillment.id;
}
