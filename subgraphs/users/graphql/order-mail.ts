import { registerEnumType } from 'type-graphql';

/** Mail about orders, each named like the event of the order that it tells of. */
export enum OrderMail {
  PLACED = 'PLACED',
  CONFIRMED = 'CONFIRMED',
  PARTIALLY_SHIPPED = 'PARTIALLY_SHIPPED',
  SHIPPED = 'SHIPPED',
  DELIVERED = 'DELIVERED',
  CANCELLED = 'CANCELLED',
  FAILED = 'FAILED',
  EXPIRED = 'EXPIRED',
}

registerEnumType(OrderMail, {
  name: 'OrderMail',
  description: 'What mail about an order may tell.',
  valuesConfig: {
    PLACED: { description: 'We have the order.' },
    CONFIRMED: { description: 'It is paid for, and set aside.' },
    PARTIALLY_SHIPPED: { description: 'A part of it is on its way.' },
    SHIPPED: { description: 'All of it is on its way.' },
    DELIVERED: { description: 'It has arrived.' },
    CANCELLED: { description: 'It was called off.' },
    FAILED: { description: 'It could not be completed.' },
    EXPIRED: { description: 'It was not paid in time.' },
  },
});
