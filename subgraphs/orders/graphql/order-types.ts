import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { Money } from '@waybill/kernel/graphql/money.js';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { CaptureOn, OrderStatus, PaymentStatus, RefundStatus } from '../order.js';
import type {
  LineKind,
  OrderEventRow,
  OrderLineRow,
  OrderRow,
  RefundRow,
  RefundState,
} from '../tables.js';
import { Node, ProductVariant, User } from './entities.js';
import {
  ActorKindEnum,
  CaptureOnEnum,
  type EVENT_TYPES,
  LineKindEnum,
  OrderEventTypeEnum,
  OrderStatusEnum,
  PaymentStatusEnum,
  RefundStateEnum,
  RefundStatusEnum,
} from './enums.js';

@Access('OWNER')
@InputType('ShippingAddressInput', { description: 'Where an order goes.' })
@ObjectType({ description: 'Where an order goes.', simpleResolvers: true })
export class ShippingAddress {
  @Field(() => String, { description: 'Who receives it.' })
  name: string;

  @Field(() => String, { description: 'Street and number.' })
  line1: string;

  @Field(() => String, { nullable: true, description: 'Flat, floor, care of.' })
  line2: string | null;

  @Field(() => String, { description: 'Town.' })
  city: string;

  @Field(() => String, { description: 'Postal code.' })
  postalCode: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2 code.' })
  country: string;
}

@Access('OWNER')
@ObjectType({
  description: 'One line of an order; its price and title are as they were when it was placed.',
  simpleResolvers: true,
})
export class OrderLine {
  row: OrderLineRow;

  @Field(() => Int, { description: 'Names the line within its order, from 1.' })
  lineNumber: number;

  @Field(() => LineKindEnum, { description: 'Goods or a charge.' })
  kind: LineKind;

  @Field(() => String, { description: 'SKU of the goods, or the code of the charge.' })
  sku: string;

  @Field(() => String, { description: 'Title when it was placed.' })
  title: string;

  @Field(() => Int, { description: 'Units ordered.' })
  quantity: number;

  @Field(() => Int, { description: 'Units that were called off.' })
  cancelledQuantity: number;

  @Field(() => Int, { description: 'Units in parcels, shipped or not.' })
  fulfilledQuantity: number;

  @Field(() => Int, { description: 'Units that have left.' })
  shippedQuantity: number;

  @Field(() => Int, { description: 'Units that have come back.' })
  returnedQuantity: number;

  @Field(() => Int, { description: 'Units refunded or being refunded.' })
  refundedQuantity: number;

  @Field(() => Money, { description: 'Price of one unit.' })
  unitPrice: Money;

  @Field(() => ID, {
    nullable: true,
    description:
      'The `VariantPrice` that it was made from; null where another was agreed, and for a charge.',
  })
  priceId: string | null;

  @Field(() => Money, { description: 'Quantity times unit price.' })
  total: Money;

  @Field(() => ProductVariant, {
    nullable: true,
    description: 'The goods as they are today; null for a charge.',
  })
  variant: ProductVariant | null;
}

@Access('OWNER')
@ObjectType({ description: 'Units of a line of an order.', simpleResolvers: true })
export class LineUnits {
  @Field(() => Int, { description: 'The line of the order.' })
  lineNumber: number;

  @Field(() => String, { description: 'SKU of the goods.' })
  sku: string;

  @Field(() => Int, { description: 'Units.' })
  quantity: number;
}

@Access('OWNER')
@ObjectType({
  description: 'Money given back for an order, in full or in part.',
  simpleResolvers: true,
})
export class Refund {
  row: RefundRow;

  @Field(() => ID, { description: 'Names the refund.' })
  id: string;

  @Field(() => RefundStateEnum, { description: 'How far it has come.' })
  status: RefundState;

  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => [LineUnits], { description: 'The goods that it is for.' })
  lines: LineUnits[];

  @Field(() => Boolean, { description: 'Whether the goods go back to stock.' })
  restock: boolean;

  @Access('STAFF')
  @Field(() => String, {
    nullable: true,
    description: 'Why, in the words of whoever asked; for staff, else null.',
  })
  reason: string | null;

  @Access('STAFF')
  @Field(() => String, {
    nullable: true,
    description: "The provider's code where it was refused; for staff, else null.",
  })
  failureCode: string | null;

  @Field(() => String, { description: 'When it was asked for (RFC 3339).' })
  createdAt: string;
}

@Access('OWNER')
@ObjectType({ description: 'Who made an order move.', simpleResolvers: true })
export class EventActor {
  @Field(() => ActorKindEnum, { description: 'What kind of actor.' })
  kind: 'CUSTOMER' | 'STAFF' | 'SYSTEM';

  @Field(() => User, {
    nullable: true,
    description: 'The person; null for the system, and to customers for staff.',
  })
  user: User | null;
}

@Access('OWNER')
@ObjectType({
  description: 'One step in the history of an order; never changed afterwards.',
  simpleResolvers: true,
})
export class OrderEvent {
  row: OrderEventRow;

  @Field(() => ID, { description: 'Unique; a consumer tells by it what it has seen.' })
  id: string;

  @Field(() => ID, { description: 'The order.' })
  orderId: string;

  @Field(() => Int, { description: "Place in the order's history, from 1, without gaps." })
  seq: number;

  @Field(() => OrderEventTypeEnum, { description: 'What happened.' })
  type: (typeof EVENT_TYPES)[number];

  @Field(() => OrderStatusEnum, {
    nullable: true,
    description: 'Status before; null for the first.',
  })
  from: OrderStatus | null;

  @Field(() => OrderStatusEnum, { description: 'Status after.' })
  to: OrderStatus;

  @Field(() => EventActor, { description: 'Who did it.' })
  actor: EventActor;

  @Field(() => String, {
    nullable: true,
    description:
      "Why: a code of the system, or somebody's words. Words of staff and codes of providers are for staff, else null.",
  })
  reason: string | null;

  @Access('STAFF')
  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'What is known of it, and under `changes` what it changed; for staff, else null.',
  })
  data: object | null;

  @Access('STAFF')
  @Field(() => String, {
    nullable: true,
    description:
      'SHA-256 over it and the hash of the event before, so over all before it; for staff, else null.',
  })
  hash: string | null;

  @Field(() => String, { description: 'When (RFC 3339).' })
  at: string;

  order: Order;
}

@Access('OWNER')
@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  description: 'Goods that somebody wants, from placement to delivery.',
  simpleResolvers: true,
})
export class Order extends Node {
  row: OrderRow;

  @Field(() => String, {
    nullable: true,
    description: 'The number that people use; null until it is placed.',
  })
  number: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The key that it was placed under; null for all but who placed it.',
  })
  idempotencyKey: string | null;

  @Field(() => OrderStatusEnum, { description: 'Where it is on its way.' })
  status: OrderStatus;

  @Field(() => PaymentStatusEnum, { description: 'How much of it is paid.' })
  paymentStatus: PaymentStatus;

  @Field(() => RefundStatusEnum, { description: 'How much was given back.' })
  refundStatus: RefundStatus;

  @Field(() => String, { description: 'The three statuses in one phrase for people.' })
  displayStatus: string;

  @Field(() => Money, { description: 'What it costs.' })
  total: Money;

  @Field(() => CaptureOnEnum, { description: 'When its money is taken.' })
  captureOn: CaptureOn;

  @Field(() => Money, {
    description: 'What is authorized, captured money included; what has ended counts no more.',
  })
  authorized: Money;

  @Field(() => Money, {
    description:
      'What no payment covers, or none any more: to be paid with `payOrder`, by staff once it is confirmed.',
  })
  amountDue: Money;

  @Field(() => Money, { description: 'What was captured.' })
  captured: Money;

  @Field(() => Money, { description: 'What was refunded.' })
  refunded: Money;

  @Field(() => User, {
    nullable: true,
    description: "Whose it is; null for a guest, and for a partner's.",
  })
  customer: User | null;

  @Field(() => String, {
    nullable: true,
    description: "Where mail about it goes if it is nobody's with an account.",
  })
  contactEmail: string | null;

  @Field(() => ShippingAddress, { nullable: true, description: 'Where it goes.' })
  shippingAddress: ShippingAddress | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it was cancelled or failed. Words of staff and codes of providers are for staff, else null.',
  })
  reason: string | null;

  @Access('STAFF')
  @Field(() => String, {
    nullable: true,
    description: 'Why the system cannot go on by itself; for staff, else null.',
  })
  needsAttention: string | null;

  @Access('STAFF')
  @Field(() => String, {
    nullable: true,
    description: 'Why nothing may be packed or shipped for the time being; for staff, else null.',
  })
  fulfillmentHold: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'When the hold on its units ends (RFC 3339).',
  })
  expiresAt: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'When it was placed (RFC 3339); null until then.',
  })
  placedAt: string | null;

  @Field(() => String, { description: 'When it last moved (RFC 3339).' })
  updatedAt: string;
}

export const OrderConnection = connectionOf('Order', () => Order);
export const OrderEventConnection = connectionOf('OrderEvent', () => OrderEvent);
