import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Field, ID, InputType } from 'type-graphql';
import { LineUnitsInput } from '../graphql/inputs.js';

@InputType({ description: 'Units to pack.' })
export class CreateFulfillmentInput {
  @Field(() => ID, { description: 'The order.' })
  orderId: string;

  @Field(() => [LineUnitsInput], {
    nullable: true,
    description: 'What goes in the parcel. Absent: all that is left where it is packed.',
  })
  lines?: LineUnitsInput[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The location where it is packed. Absent: the first that holds what goes in it.',
  })
  locationId?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@InputType({ description: 'A fulfillment.' })
export class FulfillmentInput {
  @Field(() => ID, { description: 'The fulfillment.' })
  fulfillmentId: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@InputType({ description: 'A parcel and who carries it.' })
export class TrackingInput extends FulfillmentInput {
  @Field(() => String, { nullable: true, description: 'Who carries it, at most 200 characters.' })
  carrier?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The carrier's number of it, at most 200 characters.",
  })
  trackingNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Where to follow it: an http(s) address.' })
  trackingUrl?: string | null;
}

@InputType({ description: 'Units to put in a parcel of their own.' })
export class SplitFulfillmentInput extends FulfillmentInput {
  @Field(() => [LineUnitsInput], { description: 'What goes in the new parcel.' })
  lines: LineUnitsInput[];
}

@InputType({ description: 'A parcel to unpack.' })
export class CancelFulfillmentInput extends FulfillmentInput {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}

@InputType({ description: 'An order whose packing and shipping is to wait, or to go on.' })
export class FulfillmentHoldInput {
  @Field(() => ID, { description: 'The order.' })
  orderId: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why it has to wait, at most 200 characters. Null: it may go on.',
  })
  reason?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@InputType({ description: 'Units to call off.' })
export class CancelOrderLinesInput {
  @Field(() => ID, { description: 'The order.' })
  orderId: string;

  @Field(() => [LineUnitsInput], { description: 'Which; none of them in a parcel.' })
  lines: LineUnitsInput[];

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}
