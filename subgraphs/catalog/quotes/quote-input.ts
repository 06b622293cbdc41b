import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { PARTNERS_DISCOUNT } from './own-prices.js';

@InputType({ description: 'Goods to quote.' })
export class QuoteLineInput {
  @Field(() => String, { description: 'What.' })
  sku: string;

  @Field(() => Int, { description: 'How many, from 1.' })
  quantity: number;

  @Field(() => String, {
    nullable: true,
    description: `Another price of one unit than the one in force, as a decimal. For staff, and for partners with a key for PRICES: these go down by at most ${PARTNERS_DISCOUNT} percent.`,
  })
  unitPrice?: string | null;
}

@InputType({ description: 'A quote to make.' })
export class CreateQuoteInput {
  @Field(() => [QuoteLineInput], { description: 'The goods, at most 500 lines.' })
  lines: QuoteLineInput[];

  @Field(() => String, {
    nullable: true,
    description: 'Code of the storefront; left out, the only one that is yours, or `main`.',
  })
  storefront?: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until when it can be placed, within a year; left out, in 14 days.',
  })
  expiresAt?: Date | null;

  @Field(() => ID, { nullable: true, description: 'For which customer; staff only.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'For which partner; staff only.' })
  partnerId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it has prices of its own: needed for such, and kept.',
  })
  reason?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}
