import { Access } from '@waybill/kernel/graphql/access.js';
import { Money } from '@waybill/kernel/graphql/money.js';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { described, enumOf } from '../graphql/enums.js';
import { MILESTONES, type Milestone } from './timeline.js';

export const MilestoneEnum = enumOf(MILESTONES);
registerEnumType(MilestoneEnum, {
  name: 'OrderMilestone',
  description: 'What customers want to know of the way of an order.',
  valuesConfig: described({
    PLACED: 'It was placed.',
    PAYMENT_DECLINED: 'A payment was declined; another may be tried.',
    CONFIRMED: 'Everything in it is set aside.',
    PAID: 'Money was taken: `amount`.',
    PARTIALLY_SHIPPED: 'A parcel left; more will follow.',
    SHIPPED: 'All of it left.',
    PARCEL_DELIVERED: 'A parcel arrived; others are on their way.',
    DELIVERED: 'All of it arrived.',
    PARTIALLY_CANCELLED: 'Units were called off.',
    EDITED: 'What was ordered changed.',
    EDIT_REJECTED: 'What was ordered could not be changed.',
    CANCELLED: 'It was called off.',
    FAILED: 'It could not be carried out.',
    EXPIRED: 'It was not paid in time.',
    RETURN_REQUESTED: 'Units are to be sent back.',
    RETURN_REJECTED: 'They are not taken back.',
    RETURN_RECEIVED: 'Units that were sent back arrived.',
    REFUNDED: 'Money was given back: `amount`.',
  }),
});

@Access('OWNER')
@ObjectType('OrderTimelineEntry', {
  description: 'One step of the way of an order, in plain words.',
  simpleResolvers: true,
})
export class TimelineEntryObject {
  @Field(() => MilestoneEnum, { description: 'What happened.' })
  milestone: Milestone;

  @Field(() => String, { description: 'The same for people; may change.' })
  text: string;

  @Field(() => String, { description: 'When (RFC 3339).' })
  at: string;

  @Field(() => Money, { nullable: true, description: 'Money paid or given back.' })
  amount: Money | null;

  @Field(() => String, { nullable: true, description: 'Who carries the parcel.' })
  carrier: string | null;

  @Field(() => String, { nullable: true, description: 'By what the carrier knows the parcel.' })
  trackingNumber: string | null;

  @Field(() => String, { nullable: true, description: 'Where to follow the parcel.' })
  trackingUrl: string | null;
}

@Access('STAFF')
@ObjectType({
  description: 'Whether the history of an order is whole, unchanged, and tells the order as it is.',
  simpleResolvers: true,
})
export class OrderIntegrity {
  @Field(() => Boolean, { description: 'Whether all is well.' })
  ok: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'The first event that was changed or is missing; null where none is.',
  })
  seq: number | null;

  @Field(() => String, { nullable: true, description: 'What is wrong; null where nothing is.' })
  message: string | null;
}
