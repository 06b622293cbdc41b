import { Access } from '@waybill/kernel/graphql/access.js';
import { Money } from '@waybill/kernel/graphql/money.js';
import { Field, Int, ObjectType } from 'type-graphql';
import { Order } from '../../graphql/order-types.js';
import { OrdersUserError } from '../../user-errors.js';

@Access('OWNER')
@ObjectType({ description: 'A line of a draft as it could be placed now.', simpleResolvers: true })
export class DraftQuoteLine {
  @Field(() => Int, { description: 'The line of the draft.' })
  lineNumber: number;

  @Field(() => String, { description: 'SKU of the goods, or the code of the charge.' })
  sku: string;

  @Field(() => Money, {
    nullable: true,
    description: 'Price of one unit today; null where it is not for sale.',
  })
  unitPrice: Money | null;

  @Field(() => Boolean, { description: 'Whether it cost something else when it was added.' })
  priceChanged: boolean;

  @Field(() => Boolean, { description: 'Whether it is for sale.' })
  sellable: boolean;

  @Field(() => Boolean, {
    description: 'Whether there are as many units. Nothing is held for a draft.',
  })
  available: boolean;
}

@Access('OWNER')
@ObjectType({ description: 'What a draft costs now.', simpleResolvers: true })
export class DraftQuote {
  @Field(() => Money, { description: 'Of all that is for sale; what `expectedTotal` is held to.' })
  total: Money;

  @Field(() => Boolean, { description: 'Whether all of it is for sale and there.' })
  isPlaceable: boolean;

  @Field(() => [DraftQuoteLine], { description: 'Line by line.' })
  lines: DraftQuoteLine[];
}

@ObjectType({ description: 'What was done with a draft.', simpleResolvers: true })
export class DraftPayload {
  @Field(() => Order, {
    nullable: true,
    description: 'The draft as it is now. Null where it was refused, but for `placeDraft`.',
  })
  order: Order | null;

  @Field(() => [OrdersUserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors: OrdersUserError[];
}

@ObjectType({ description: 'What beginning a draft led to.', simpleResolvers: true })
export class CreateDraftPayload extends DraftPayload {
  @Field(() => String, {
    nullable: true,
    description:
      "Opens a guest's draft, and the order that it becomes. It is told this once: keep it, like a password.",
  })
  token: string | null;
}
