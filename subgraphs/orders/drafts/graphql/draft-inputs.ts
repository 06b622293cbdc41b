import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Field, ID, InputType } from 'type-graphql';
import { ChargeInput, OrderLineInput, PaymentInput } from '../../graphql/inputs.js';
import { ShippingAddress } from '../../graphql/order-types.js';

const STOREFRONT = {
  nullable: true,
  description:
    'Whose cart is meant, where no draft is named. Absent: the only storefront you work for, or the main one.',
} as const;

/** Every field of a draft's details; absent leaves it as it is, null takes it away. */
@InputType()
abstract class DraftDetailsInput {
  @Field(() => ShippingAddress, { nullable: true, description: 'Where it goes.' })
  shippingAddress?: ShippingAddress | null;

  @Field(() => String, { nullable: true, description: 'Token of the payment provider.' })
  paymentMethod?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where mail about it goes; for guests, who need one to place it.',
  })
  contactEmail?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether mail about it is wanted; it is.' })
  notifyCustomer?: boolean | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@InputType({ description: 'A draft to begin.' })
export class CreateDraftInput extends DraftDetailsInput {
  @Field(() => [OrderLineInput], { defaultValue: [], description: 'The first goods.' })
  lines: OrderLineInput[];

  @Field(() => [ChargeInput], { nullable: true, description: 'Postage and the like; staff only.' })
  charges?: ChargeInput[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'For whom; staff only. Absent: for myself. Null: for a guest.',
  })
  customerId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Where it is to be placed. Absent: the only storefront you work for, or the main one.',
  })
  storefrontId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "ISO 4217 code; the currency of the catalog's prices. GBP where it is not said.",
  })
  currency?: string | null;
}

@InputType()
abstract class DraftInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The draft. With neither this nor a token: your own cart.',
  })
  draftId?: string | null;

  @Field(() => String, { nullable: true, description: "What opens a guest's draft." })
  token?: string | null;

  @Field(() => ID, STOREFRONT)
  storefrontId?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@InputType({ description: 'Goods to put into a draft.' })
export class AddDraftLinesInput extends DraftInput {
  @Field(() => [OrderLineInput], {
    description: 'What to add: units of a SKU that is there already add up.',
  })
  lines: OrderLineInput[];
}

@InputType({ description: 'How many units a draft is to have of what.' })
export class SetDraftLinesInput extends DraftInput {
  @Field(() => [OrderLineInput], { description: 'Units of each SKU; 0 removes it.' })
  lines: OrderLineInput[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether goods that are not named are removed.',
  })
  replaceAll: boolean;

  @Field(() => [ChargeInput], {
    nullable: true,
    description: 'In the place of all charges before; staff only.',
  })
  charges?: ChargeInput[] | null;
}

@InputType({ description: 'What to change of a draft besides its lines.' })
export class UpdateDraftInput extends DraftDetailsInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The draft. With neither this nor a token: your own cart.',
  })
  draftId?: string | null;

  @Field(() => String, { nullable: true, description: "What opens a guest's draft." })
  token?: string | null;

  @Field(() => ID, STOREFRONT)
  storefrontId?: string | null;
}

@InputType({ description: 'A draft to place.' })
export class PlaceDraftInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The draft. With neither this nor a token: your own cart.',
  })
  draftId?: string | null;

  @Field(() => String, { nullable: true, description: "What opens a guest's draft." })
  token?: string | null;

  @Field(() => ID, STOREFRONT)
  storefrontId?: string | null;

  @Field(() => String, {
    description:
      'Chosen by the client, one per order: asked again with it, the same order is answered.',
  })
  idempotencyKey: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The total that the buyer was shown, as a decimal. Where it costs something else by now, the answer is PRICE_CHANGED.',
  })
  expectedTotal?: string | null;

  @Field(() => [PaymentInput], {
    nullable: true,
    description:
      "In place of the draft's payment method: at most 10 payments, which add up to the total.",
  })
  payments?: PaymentInput[] | null;
}

@InputType({ description: 'A draft to throw away.' })
export class DiscardDraftInput extends DraftInput {}

@InputType({ description: "A guest's draft that becomes yours." })
export class MergeDraftInput {
  @Field(() => String, { description: 'What opened it until now.' })
  token: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}
