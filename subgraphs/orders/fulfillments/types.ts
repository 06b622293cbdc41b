import { Access } from '@waybill/kernel/graphql/access.js';
import { globalId } from '@waybill/kernel/ids.js';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Location, locationId, Node } from '../graphql/entities.js';
import { described, enumOf } from '../graphql/enums.js';
import { LineUnits, Order } from '../graphql/order-types.js';
import { FULFILLMENT_STATUSES, type FulfillmentStatus } from '../order-parts.js';
import type { FulfillmentRow } from '../tables.js';
import { OrdersUserError } from '../user-errors.js';

const FulfillmentStatusEnum = enumOf(FULFILLMENT_STATUSES);

registerEnumType(FulfillmentStatusEnum, {
  name: 'FulfillmentStatus',
  description: 'Where a parcel is on its way.',
  valuesConfig: described({
    OPEN: 'Being packed.',
    SHIPPING: 'Being handed over: its money is taken and its units leave.',
    ON_HOLD: 'Kept back: the money due with it did not come.',
    SHIPPED: 'It has left.',
    DELIVERED: 'It has arrived.',
    CANCELLED: 'Unpacked; its units can be packed anew.',
  }),
});

@Access('OWNER')
@ObjectType({
  implements: Node,
  description: 'A parcel of an order, from the packing list to the doorstep.',
  simpleResolvers: true,
})
export class Fulfillment extends Node {
  @Field(() => ID, { description: 'Identifies the fulfillment everywhere.' })
  declare id: string;

  @Field(() => Int, { description: "Counts the order's fulfillments, from 1." })
  number: number;

  @Field(() => FulfillmentStatusEnum, { description: 'Where it is on its way.' })
  status: FulfillmentStatus;

  @Field(() => [LineUnits], { description: 'What is in it.' })
  lines: LineUnits[];

  @Access('STAFF')
  @Field(() => Location, {
    nullable: true,
    description: 'Where it is packed; null where nobody knows. Staff only.',
  })
  location: Location | null;

  @Field(() => String, { nullable: true, description: 'Who carries it.' })
  carrier: string | null;

  @Field(() => String, { nullable: true, description: "The carrier's number of it." })
  trackingNumber: string | null;

  @Field(() => String, { nullable: true, description: 'Where to follow it.' })
  trackingUrl: string | null;

  @Access('STAFF')
  @Field(() => String, { nullable: true, description: 'Why it is kept back; for staff.' })
  heldReason: string | null;

  @Field(() => String, { description: 'When packing began (RFC 3339).' })
  createdAt: string;

  @Field(() => String, { nullable: true, description: 'When it left (RFC 3339).' })
  shippedAt: string | null;

  @Field(() => String, { nullable: true, description: 'When it arrived (RFC 3339).' })
  deliveredAt: string | null;
}

export const fulfillmentId = globalId('Fulfillment');

export function presentFulfillment(row: FulfillmentRow): Fulfillment {
  const { number, status, lines, carrier, trackingNumber, trackingUrl } = row;
  return {
    id: fulfillmentId.encode(row.id),
    number,
    status,
    lines,
    location: row.locationId === null ? null : { id: locationId.encode(row.locationId) },
    carrier,
    trackingNumber,
    trackingUrl,
    heldReason: row.heldReason,
    createdAt: row.createdAt.toISOString(),
    shippedAt: row.shippedAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
  };
}

@ObjectType({ description: 'What a change of a fulfillment led to.', simpleResolvers: true })
export class FulfillmentPayload {
  @Field(() => Fulfillment, {
    nullable: true,
    description: 'The fulfillment; the new one of a split. Null where the change was refused.',
  })
  fulfillment: Fulfillment | null;

  @Field(() => Order, { nullable: true, description: 'Its order.' })
  order: Order | null;

  @Field(() => [OrdersUserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors: OrdersUserError[];
}
