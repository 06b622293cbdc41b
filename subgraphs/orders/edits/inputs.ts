import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ChargeInput, LineUnitsInput, OrderLineInput } from '../graphql/inputs.js';
import { ShippingAddress } from '../graphql/order-types.js';

@InputType({ description: 'A change of what was ordered.' })
export class EditOrderInput {
  @Field(() => ID, { description: 'The order.' })
  orderId: string;

  @Field(() => [LineUnitsInput], {
    defaultValue: [],
    description: 'New quantities of lines that are there; 0 gives a line up.',
  })
  lines: LineUnitsInput[];

  @Field(() => [OrderLineInput], {
    defaultValue: [],
    description: "Goods that come in, at the catalog's price of today.",
  })
  addLines: OrderLineInput[];

  @Field(() => [ChargeInput], {
    defaultValue: [],
    description: 'Charges that come in; staff only.',
  })
  addCharges: ChargeInput[];

  @Field(() => ShippingAddress, {
    nullable: true,
    description: 'Where it goes from now on. Absent: as before.',
  })
  shippingAddress?: ShippingAddress | null;

  @Field(() => String, {
    nullable: true,
    description: 'How to pay what it costs more. Absent: as the order was paid.',
  })
  paymentMethod?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that was looked at: an order that was edited since is not changed.',
  })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'Why, at most 200 characters.' })
  reason?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}
