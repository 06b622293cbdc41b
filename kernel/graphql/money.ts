import 'reflect-metadata';
import { Directive, Field, ObjectType } from 'type-graphql';
import { toDecimal } from '../money.js';

/** Money as clients see it: a decimal string, never a float. */
@Directive('@shareable')
@ObjectType({ description: 'An amount of money.', simpleResolvers: true })
export class Money {
  @Field(() => String, { description: 'Decimal number with the digits of the currency: "12.34".' })
  amount: string;

  @Field(() => String, { description: 'ISO 4217 code: "GBP".' })
  currency: string;
}

/** `minor` units of `currency` as the API shows them. */
export function money(minor: number, currency: string): Money {
  return { amount: toDecimal(minor, currency), currency };
}
