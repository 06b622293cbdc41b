import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { Money, money } from '@waybill/kernel/graphql/money.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { PriceRow } from './price-row.js';

export const priceIds = globalId('VariantPrice');

@Access('ANYONE')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({
  description: 'What a variant costs in a storefront from a time on; it never changes.',
  simpleResolvers: true,
})
export class VariantPrice {
  @Field(() => ID, {
    description: 'Identifies the price; order lines name the one they were made from.',
  })
  id: string;

  @Directive('@cacheControl(inheritMaxAge: true)')
  @Field(() => Money, { description: 'Price of one unit, in the currency of the storefront.' })
  price: Money;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when, or from when on.' })
  validFrom: Date;

  @Access('STAFF')
  @Field(() => String, { nullable: true, description: 'Why it was set. Staff only.' })
  reason: string | null;

  @Access('STAFF')
  @Field(() => String, { nullable: true, description: 'Who set it: "user:<id>". Staff only.' })
  setBy: string | null;

  @Access('STAFF')
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When. Staff only.' })
  setAt: Date | null;
}

export const VariantPriceConnection = connectionOf('VariantPrice', () => VariantPrice, {
  cacheable: true,
});

export function toPrice(row: PriceRow): VariantPrice {
  return {
    id: priceIds.encode(row.id),
    price: money(row.amount, row.currency),
    validFrom: new Date(row.validFrom),
    reason: row.reason,
    setBy: row.setBy,
    setAt: new Date(row.setAt),
  };
}
