import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { CaptureOn } from '../order.js';
import { CaptureOnEnum } from './enums.js';
import { ShippingAddress } from './order-types.js';

@InputType({ description: 'Goods to order.' })
export class OrderLineInput {
  @Field(() => String, { description: 'What.' })
  sku: string;

  @Field(() => Int, { description: 'How many, from 1.' })
  quantity: number;

  @Field(() => String, {
    nullable: true,
    description: "Price of one unit as a decimal; staff only. Else the catalog's price counts.",
  })
  quotedUnitPrice?: string | null;
}

@InputType({ description: 'Postage and the like; staff only.' })
export class ChargeInput {
  @Field(() => String, { description: 'Short code, e.g. "POST".' })
  code: string;

  @Field(() => String, { description: 'What the customer reads.' })
  title: string;

  @Field(() => Int, { defaultValue: 1, description: 'How many times.' })
  quantity: number;

  @Field(() => String, { description: 'Price of one as a decimal.' })
  unitPrice: string;
}

@InputType({ description: 'A part of what an order costs.' })
export class PaymentInput {
  @Field(() => String, { description: 'Token of the payment provider, e.g. "pm_card_approve".' })
  method: string;

  @Field(() => String, { description: 'How much, as a decimal.' })
  amount: string;
}

@InputType({ description: 'An order to place.' })
export class PlaceOrderInput {
  @Field(() => String, {
    description:
      'Chosen by the client, one per order: asked again with it, the same order is answered.',
  })
  idempotencyKey: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Where. Absent: the only storefront you work or sell for, or the main one.',
  })
  storefrontId?: string | null;

  @Field(() => [OrderLineInput], { defaultValue: [], description: 'The goods; none with a quote.' })
  lines: OrderLineInput[];

  @Field(() => ID, {
    nullable: true,
    description:
      'A quote to place, once: it says the goods, their prices and currency, the storefront and the customer.',
  })
  quoteId?: string | null;

  @Field(() => [ChargeInput], {
    defaultValue: [],
    description: 'Postage and the like; staff only.',
  })
  charges: ChargeInput[];

  @Field(() => ID, {
    nullable: true,
    description: 'For whom; staff only. Absent: for myself. Null: for a guest.',
  })
  customerId?: string | null;

  @Field(() => String, {
    defaultValue: 'GBP',
    description: "ISO 4217 code; the currency of the catalog's prices.",
  })
  currency: string;

  @Field(() => String, {
    nullable: true,
    description: 'Token of the payment provider, e.g. "pm_card_approve": pays all of it.',
  })
  paymentMethod?: string | null;

  @Field(() => [PaymentInput], {
    nullable: true,
    description: 'In place of `paymentMethod`: at most 10 payments, which add up to the total.',
  })
  payments?: PaymentInput[] | null;

  @Field(() => ShippingAddress, { nullable: true, description: 'Where it goes.' })
  shippingAddress?: ShippingAddress | null;

  @Field(() => CaptureOnEnum, {
    nullable: true,
    description: "When the money is taken; staff only. Absent: by the shop's setting.",
  })
  captureOn?: CaptureOn | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether the customer gets mail about it.',
  })
  notifyCustomer: boolean;
}

/** In the input of what a guest may ask of an order. */
export const TOKEN = { nullable: true, description: "What opens a guest's order." } as const;

@InputType({ description: 'An order to call off.' })
export class CancelOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;

  @Field(() => String, TOKEN)
  token?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@InputType({ description: 'A payment of what is due.' })
export class PayOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId: string;

  @Field(() => String, { description: 'Token of the payment provider.' })
  paymentMethod: string;

  @Field(() => String, {
    nullable: true,
    description: 'How much, as a decimal. Absent: all that is due.',
  })
  amount?: string | null;

  @Field(() => String, TOKEN)
  token?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@InputType({ description: 'Orders to ship.' })
export class FulfillOrdersInput {
  @Field(() => [ID], { description: 'At most 500.' })
  orderIds: string[];

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@InputType({ description: 'Units of a line of an order.' })
export class LineUnitsInput {
  @Field(() => Int, { description: 'The line of the order.' })
  lineNumber: number;

  @Field(() => Int, { description: 'How many units.' })
  quantity: number;
}

@InputType({ description: 'Money to give back.' })
export class RefundOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId: string;

  @Field(() => String, { description: 'Chosen by the client, one per refund.' })
  idempotencyKey: string;

  @Field(() => [LineUnitsInput], { defaultValue: [], description: 'The goods that it is for.' })
  lines: LineUnitsInput[];

  @Field(() => String, {
    nullable: true,
    description: 'How much, as a decimal. Absent: what the lines cost.',
  })
  amount?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether the goods go back to stock.' })
  restock: boolean;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}
