import { registerEnumType } from 'type-graphql';
import { CAPTURE_ON, ORDER_STATUSES, PAYMENT_STATUSES, REFUND_STATUSES } from '../order.js';

/** An enum object whose values are its names, for type-graphql. */
export function enumOf<Value extends string>(values: readonly Value[]): Record<Value, Value> {
  return Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;
}

/** The descriptions of an enum's values, for type-graphql. */
export function described<Value extends string>(descriptions: Record<Value, string>) {
  return Object.fromEntries(
    Object.entries<string>(descriptions).map(([value, description]) => [value, { description }]),
  ) as Record<Value, { description: string }>;
}

export const OrderStatusEnum = enumOf(ORDER_STATUSES);
registerEnumType(OrderStatusEnum, {
  name: 'OrderStatus',
  description: 'Where an order is on its way.',
  valuesConfig: described({
    DRAFT: 'Being put together.',
    PENDING: 'Placed; nothing has been checked yet.',
    VALIDATED: 'Everything in it can be sold.',
    RESERVED: 'Every unit is held; waiting for the money.',
    AUTHORIZED: 'The money is authorized.',
    CONFIRMED: 'Paid for; the units are committed.',
    PROCESSING: 'Being packed.',
    PARTIALLY_SHIPPED: 'Some of it has left.',
    SHIPPED: 'All of it has left.',
    DELIVERED: 'All of it has arrived.',
    CANCELLING: 'Money and units are being given back.',
    CANCELLED: 'Called off; nothing is owed either way.',
    FAILED: 'Could not be carried out; nothing is owed either way.',
    EXPIRED: 'Not paid, or as a draft not placed, in time; nothing is owed either way.',
  }),
});

export const PaymentStatusEnum = enumOf(PAYMENT_STATUSES);
registerEnumType(PaymentStatusEnum, {
  name: 'PaymentStatus',
  description: 'How much of an order is paid.',
  valuesConfig: described({
    NONE: 'Nothing is captured, and not all of it is authorized.',
    AUTHORIZED: 'The money is authorized, not yet taken.',
    PARTIALLY_PAID: 'A part has been captured.',
    PAID: 'All of it has been captured.',
    VOIDED: 'Given up: what was authorized or captured has been given back.',
  }),
});

export const CaptureOnEnum = enumOf(CAPTURE_ON);
registerEnumType(CaptureOnEnum, {
  name: 'CaptureOn',
  description: 'When the money of an order is taken.',
  valuesConfig: described({
    CONFIRMATION: 'All of it, with the confirmation.',
    SHIPMENT: 'With each shipment, what its goods cost.',
  }),
});

export const RefundStatusEnum = enumOf(REFUND_STATUSES);
registerEnumType(RefundStatusEnum, {
  name: 'RefundStatus',
  description: 'How much of what was paid has been given back.',
  valuesConfig: described({
    NONE: 'Nothing.',
    PARTIALLY_REFUNDED: 'A part.',
    REFUNDED: 'All of it.',
  }),
});

export const RefundStateEnum = enumOf(['PENDING', 'REFUNDED', 'FAILED'] as const);
registerEnumType(RefundStateEnum, {
  name: 'RefundState',
  description: 'How far one refund has come.',
  valuesConfig: described({
    PENDING: 'Asked for; the provider has not answered yet.',
    REFUNDED: 'The money is on its way back.',
    FAILED: 'The provider refused it.',
  }),
});

export const LineKindEnum = enumOf(['PRODUCT', 'CHARGE'] as const);
registerEnumType(LineKindEnum, {
  name: 'OrderLineKind',
  description: 'What a line is for.',
  valuesConfig: described({
    PRODUCT: 'Goods, held and shipped from stock.',
    CHARGE: 'Postage and the like: money without goods.',
  }),
});

export const ActorKindEnum = enumOf(['CUSTOMER', 'STAFF', 'SYSTEM'] as const);
registerEnumType(ActorKindEnum, {
  name: 'ActorKind',
  description: 'Who made an order move.',
  valuesConfig: described({
    CUSTOMER: 'The customer.',
    STAFF: 'A member of staff.',
    SYSTEM: 'A job or a timer.',
  }),
});

export const EVENT_TYPES = [
  'DRAFTED',
  'DRAFT_CHANGED',
  'DRAFT_MERGED',
  'DRAFT_CLOSED',
  'PLACED',
  'VALIDATED',
  'RESERVED',
  'HOLD_EXTENDED',
  'PAYMENT_DECLINED',
  'PAYMENT_REQUESTED',
  'PAYMENT_AUTHORIZED',
  'AUTHORIZED',
  'CONFIRMED',
  'PROCESSING',
  'STEPPED',
  'CAPTURE_REQUESTED',
  'CAPTURED',
  'CAPTURE_FAILED',
  'FULFILLMENT_CREATED',
  'FULFILLMENT_SPLIT',
  'FULFILLMENT_CANCELLED',
  'FULFILLMENT_HELD',
  'FULFILLMENT_RELEASED',
  'SHIPMENT_REQUESTED',
  'SHIPMENT_HELD',
  'TRACKING_UPDATED',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'FULFILLMENT_DELIVERED',
  'DELIVERED',
  'LINES_CANCELLED',
  'LINES_RELEASED',
  'EDIT_REQUESTED',
  'EDITED',
  'EDIT_REJECTED',
  'EDIT_RELEASED',
  'RETURN_REQUESTED',
  'RETURN_REJECTED',
  'RETURN_CANCELLED',
  'RETURN_RECEIVED',
  'RETURN_RESTOCKED',
  'CANCELLING',
  'PAYMENT_REVERSED',
  'CANCELLED',
  'FAILED',
  'EXPIRED',
  'REFUND_REQUESTED',
  'REFUNDED',
  'REFUND_FAILED',
  'AUTHORIZATION_ENDING',
  'AUTHORIZATION_ENDED',
  'ATTENTION_NEEDED',
] as const;

export const OrderEventTypeEnum = enumOf(EVENT_TYPES);
registerEnumType(OrderEventTypeEnum, {
  name: 'OrderEventType',
  description: 'What happened to an order.',
  valuesConfig: described({
    DRAFTED: 'It was begun as a draft.',
    DRAFT_CHANGED: 'The draft was changed.',
    DRAFT_MERGED: "The draft took up what a guest had filled, or became the customer's own.",
    DRAFT_CLOSED: 'The draft ended without having been placed.',
    PLACED: 'It was placed.',
    VALIDATED: 'Everything in it can be sold.',
    RESERVED: 'Every unit is held.',
    HOLD_EXTENDED: 'The hold on its units lives longer, since a payment is still being made.',
    PAYMENT_DECLINED: 'The card was declined; another may be tried.',
    PAYMENT_REQUESTED: 'A payment is being made.',
    PAYMENT_AUTHORIZED: 'A part of the money was authorized, or some of it anew.',
    AUTHORIZED: 'The money was authorized.',
    CONFIRMED: 'The money was captured and the units committed.',
    PROCESSING: 'Packing began.',
    STEPPED: "It came to another status of its storefront's workflow.",
    CAPTURE_REQUESTED: 'Its money is being taken, as its workflow says.',
    CAPTURED: 'Its money was taken.',
    CAPTURE_FAILED: 'Its money could not be taken.',
    FULFILLMENT_CREATED: 'Units were put in a parcel.',
    FULFILLMENT_SPLIT: 'Some units of a parcel were put in another.',
    FULFILLMENT_CANCELLED: 'A parcel was unpacked.',
    FULFILLMENT_HELD: 'Staff put packing and shipping on hold.',
    FULFILLMENT_RELEASED: 'Packing and shipping may go on.',
    SHIPMENT_REQUESTED: 'A parcel is being handed over.',
    SHIPMENT_HELD: 'A parcel waits, for the money due with it did not come.',
    TRACKING_UPDATED: 'The carrier or tracking number of a parcel changed.',
    PARTIALLY_SHIPPED: 'A parcel left; more will follow.',
    SHIPPED: 'All of it left.',
    FULFILLMENT_DELIVERED: 'A parcel arrived.',
    DELIVERED: 'All of it arrived.',
    LINES_CANCELLED: 'Units were called off.',
    LINES_RELEASED: 'Units that were called off are back in stock.',
    EDIT_REQUESTED:
      'A change of what was ordered was asked for; units and money for it are being had.',
    EDITED: 'What was ordered changed: a new version.',
    EDIT_REJECTED: 'A change of what was ordered could not be carried out.',
    EDIT_RELEASED: 'Units that a change gave up are back in stock.',
    RETURN_REQUESTED: 'Units were announced to come back.',
    RETURN_REJECTED: 'A return was not accepted.',
    RETURN_CANCELLED: 'A return was called off.',
    RETURN_RECEIVED: 'Units came back.',
    RETURN_RESTOCKED: 'Units that came back are in stock again.',
    CANCELLING: 'Giving back money and units began.',
    PAYMENT_REVERSED: 'The money was given back.',
    CANCELLED: 'It was called off.',
    FAILED: 'It could not be carried out.',
    EXPIRED: 'It was not paid in time.',
    REFUND_REQUESTED: 'A refund was asked for.',
    REFUNDED: 'A refund was carried out.',
    REFUND_FAILED: 'A refund was refused by the provider.',
    AUTHORIZATION_ENDING: 'What is authorized will not be for long.',
    AUTHORIZATION_ENDED: 'What was authorized and not taken is not authorized any more.',
    ATTENTION_NEEDED: 'The system cannot go on by itself; staff are asked to look.',
  }),
});
