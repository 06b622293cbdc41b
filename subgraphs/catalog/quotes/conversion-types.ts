import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { Money } from '@waybill/kernel/graphql/money.js';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Storefront } from '../storefronts/storefront.js';

export enum ConversionBy {
  DAY = 'DAY',
  STOREFRONT = 'STOREFRONT',
}

registerEnumType(ConversionBy, {
  name: 'QuoteConversionBy',
  description: 'By what quotes are counted.',
  valuesConfig: {
    DAY: { description: 'The day on which they were made, the latest first.' },
    STOREFRONT: { description: 'The storefront in which they can be placed.' },
  },
});

@InputType({ description: 'Which quotes are counted; all that is named must hold.' })
export class QuoteConversionFilter {
  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Made on this day (UTC) or later.',
  })
  from?: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Made on this day (UTC) or earlier.',
  })
  to?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Of one of these storefronts.' })
  storefrontIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'In this currency (ISO 4217).' })
  currency?: string | null;
}

@Access('STAFF')
@ObjectType({ description: 'Some quotes. Staff only.', simpleResolvers: true })
export class QuoteCount {
  @Field(() => Int, { description: 'How many they are.' })
  count: number;

  @Field(() => Money, { description: 'What they come to.' })
  total: Money;
}

@Access('STAFF')
@ObjectType({
  description: 'What became of the quotes of a day or a storefront, in one currency. Staff only.',
  simpleResolvers: true,
})
export class QuoteConversion {
  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The day (UTC) on which they were made; null unless counted by day.',
  })
  day: string | null;

  @Field(() => QuoteCount, { description: 'All that were made.' })
  made: QuoteCount;

  @Field(() => QuoteCount, { description: 'Those of which an order was made.' })
  placed: QuoteCount;

  @Field(() => QuoteCount, { description: 'Those of which none was made in time.' })
  expired: QuoteCount;

  @Field(() => QuoteCount, { description: 'Those that can still be placed.' })
  open: QuoteCount;

  @Field(() => Storefront, {
    nullable: true,
    description: 'Where they can be placed; null unless counted by storefront.',
  })
  storefront: Storefront | null;
}

export const QuoteConversionConnection = connectionOf('QuoteConversion', () => QuoteConversion);
