import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';

/** Prices in one call, at the most. */
export const MAX_PRICES = 10_000;

@InputType({ description: 'What a variant is to cost.' })
export class PriceInput {
  @Field(() => String, { description: 'SKU of the variant.' })
  sku: string;

  @Field(() => String, {
    description:
      'Price of one unit as a decimal number, in the currency of the storefront: "12.34".',
  })
  price: string;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it comes into force, by itself; left out, now.',
  })
  validFrom?: Date | null;
}

@InputType({ description: 'Prices of a storefront.' })
export class SetPricesInput {
  @Field(() => [PriceInput], { description: `From 1 to ${MAX_PRICES}.` })
  prices: PriceInput[];

  @Field(() => String, { defaultValue: 'main', description: 'Code of the storefront.' })
  storefront: string;

  @Field(() => String, { nullable: true, description: 'Why: kept with each of them.' })
  reason?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@InputType({ description: 'A price to be withdrawn.' })
export class WithdrawPriceInput {
  @Field(() => ID, { description: 'The price, which is not yet in force.' })
  priceId: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}
