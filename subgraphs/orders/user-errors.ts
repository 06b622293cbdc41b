import { type UserError, userErrorOf } from '@waybill/kernel/graphql/user-error.js';
import { registerEnumType } from 'type-graphql';

/** What a mutation of this context can answer instead of doing what was asked. */
export enum OrdersErrorCode {
  NOT_FOUND = 'NOT_FOUND',
  FORBIDDEN = 'FORBIDDEN',
  INVALID_INPUT = 'INVALID_INPUT',
  EMPTY_ORDER = 'EMPTY_ORDER',
  INVALID_QUANTITY = 'INVALID_QUANTITY',
  INVALID_PRICE = 'INVALID_PRICE',
  UNKNOWN_SKU = 'UNKNOWN_SKU',
  UNKNOWN_CUSTOMER = 'UNKNOWN_CUSTOMER',
  UNKNOWN_STOREFRONT = 'UNKNOWN_STOREFRONT',
  QUOTE_NOT_FOUND = 'QUOTE_NOT_FOUND',
  QUOTE_EXPIRED = 'QUOTE_EXPIRED',
  QUOTE_CHANGED = 'QUOTE_CHANGED',
  QUOTE_USED = 'QUOTE_USED',
  CURRENCY_MISMATCH = 'CURRENCY_MISMATCH',
  IDEMPOTENCY_CONFLICT = 'IDEMPOTENCY_CONFLICT',
  INVALID_STATE = 'INVALID_STATE',
  EXCEEDS_REFUNDABLE = 'EXCEEDS_REFUNDABLE',
  FULFILLMENT_ON_HOLD = 'FULFILLMENT_ON_HOLD',
  EDIT_UNDER_WAY = 'EDIT_UNDER_WAY',
  VERSION_CONFLICT = 'VERSION_CONFLICT',
  PAYMENTS_MISMATCH = 'PAYMENTS_MISMATCH',
  EXCEEDS_AMOUNT_DUE = 'EXCEEDS_AMOUNT_DUE',
  PRICE_CHANGED = 'PRICE_CHANGED',
  OUT_OF_STOCK = 'OUT_OF_STOCK',
  HELD_ELSEWHERE = 'HELD_ELSEWHERE',
  BACKORDERED = 'BACKORDERED',
  UNKNOWN_LOCATION = 'UNKNOWN_LOCATION',
}

registerEnumType(OrdersErrorCode, {
  name: 'OrdersErrorCode',
  description: 'Expected failures of the orders mutations.',
  valuesConfig: {
    NOT_FOUND: { description: 'There is no such order, or it is not yours.' },
    FORBIDDEN: { description: 'Only staff may ask for this.' },
    INVALID_INPUT: { description: 'A field has a value that cannot be used.' },
    EMPTY_ORDER: { description: 'An order needs at least one line.' },
    INVALID_QUANTITY: { description: 'A quantity must be a whole number from 1 to 1,000,000.' },
    INVALID_PRICE: { description: 'A price must be a decimal that fits the currency, 0 or more.' },
    UNKNOWN_SKU: { description: 'Nothing for sale has this SKU.' },
    UNKNOWN_STOREFRONT: {
      description: 'There is no such storefront, or it is not yours to sell or order in.',
    },
    QUOTE_NOT_FOUND: { description: 'There is no such quote.' },
    QUOTE_EXPIRED: { description: 'The time until which the quote could be placed has passed.' },
    QUOTE_CHANGED: {
      description:
        'Goods of the quote cost something else now, or are not for sale: ask for another.',
    },
    QUOTE_USED: { description: 'The quote was placed before.' },
    UNKNOWN_CUSTOMER: { description: 'There is no such customer.' },
    CURRENCY_MISMATCH: { description: 'The goods are priced in another currency.' },
    IDEMPOTENCY_CONFLICT: { description: 'The key was used before for a different request.' },
    INVALID_STATE: { description: 'The order has moved on: its status no longer allows this.' },
    FULFILLMENT_ON_HOLD: { description: 'Staff have put the fulfillment of the order on hold.' },
    PRICE_CHANGED: { description: 'It costs something else than the total that was expected.' },
    OUT_OF_STOCK: { description: 'There are not as many units left.' },
    BACKORDERED: { description: 'Some of the units have not come in yet.' },
    HELD_ELSEWHERE: { description: 'The units are not all held at that location, or at one.' },
    UNKNOWN_LOCATION: { description: 'There is no such location.' },
    EDIT_UNDER_WAY: { description: 'The order is being edited; ask again when that is done.' },
    VERSION_CONFLICT: { description: 'The order was edited since: look at it again.' },
    EXCEEDS_REFUNDABLE: {
      description: 'More than was bought, or more than is left of what was paid.',
    },
    PAYMENTS_MISMATCH: { description: 'The payments do not add up to what the order costs.' },
    EXCEEDS_AMOUNT_DUE: { description: 'More than is still to be paid.' },
  },
});

export const OrdersUserError = userErrorOf<OrdersErrorCode>(
  'OrdersUserError',
  () => OrdersErrorCode,
);
export type OrdersUserError = UserError<OrdersErrorCode>;
