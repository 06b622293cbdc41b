import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Field, ID, InputType, Int } from 'type-graphql';
import { LineUnitsInput, TOKEN } from '../graphql/inputs.js';

@InputType({ description: 'Goods to send back.' })
export class RequestReturnInput {
  @Field(() => ID, { description: 'The order.' })
  orderId: string;

  @Field(() => [LineUnitsInput], { description: 'Which units; they must have left.' })
  lines: LineUnitsInput[];

  @Field(() => String, { nullable: true, description: 'Why, at most 200 characters.' })
  reason?: string | null;

  @Field(() => String, TOKEN)
  token?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@InputType({ description: 'A return.' })
export class ReturnInput {
  @Field(() => ID, { description: 'The return.' })
  returnId: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@InputType({ description: 'A return to call off.' })
export class CancelReturnInput extends ReturnInput {
  @Field(() => String, TOKEN)
  token?: string | null;
}

@InputType({ description: 'A return that is not accepted.' })
export class RejectReturnInput extends ReturnInput {
  @Field(() => String, {
    nullable: true,
    description: 'Why, for the customer; at most 200 characters.',
  })
  reason?: string | null;
}

@InputType({ description: 'Units that arrived.' })
export class ReceivedUnitsInput {
  @Field(() => Int, { description: 'The line of the order.' })
  lineNumber: number;

  @Field(() => Int, { description: 'How many arrived, from 0.' })
  quantity: number;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'How many of them go back to stock.',
  })
  restock: number;
}

@InputType({ description: 'What arrived of a return.' })
export class ReceiveReturnInput extends ReturnInput {
  @Field(() => [ReceivedUnitsInput], { description: 'What arrived; a line not named did not.' })
  lines: ReceivedUnitsInput[];

  @Field(() => ID, {
    nullable: true,
    description: 'The location where units go back to stock. Absent: where they left from.',
  })
  locationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'How much to give back, as a decimal. Absent: what the units cost. "0": nothing.',
  })
  amount?: string | null;

  @Field(() => String, { nullable: true, description: 'Why so much; at most 200 characters.' })
  reason?: string | null;
}

@InputType({ description: 'Goods that came back, all at once.' })
export class RecordReturnInput {
  @Field(() => ID, { description: 'The order.' })
  orderId: string;

  @Field(() => String, { description: 'Chosen by the client, one per return; it counts for good.' })
  idempotencyKey: string;

  @Field(() => [ReceivedUnitsInput], { description: 'What came back.' })
  lines: ReceivedUnitsInput[];

  @Field(() => ID, {
    nullable: true,
    description: 'The location where units go back to stock. Absent: where they left from.',
  })
  locationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'How much to give back, as a decimal. Absent: what the units cost. "0": nothing.',
  })
  amount?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, at most 200 characters.' })
  reason?: string | null;
}
