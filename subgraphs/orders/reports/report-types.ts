import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { Money } from '@waybill/kernel/graphql/money.js';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Category, ProductVariant, Storefront } from '../graphql/entities.js';

@InputType({ description: 'Which sales are added up; all that is named must hold.' })
export class SalesFilter {
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'On this day (UTC) or later.' })
  from?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'On this day (UTC) or earlier.' })
  to?: string | null;

  @Field(() => [ID], { nullable: true, description: 'In one of these storefronts.' })
  storefrontIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'In this currency (ISO 4217); else each by itself, one after the other.',
  })
  currency?: string | null;
}

@Access('STAFF')
@ObjectType({
  description: 'What was sold and taken back, in one currency. Staff only.',
  simpleResolvers: true,
})
export class SalesFigures {
  @Field(() => Int, { description: 'Orders that were confirmed, each once.' })
  orders: number;

  @Field(() => Int, { description: 'Units of goods, less those that were called off.' })
  units: number;

  @Field(() => Money, { description: 'What was sold.' })
  gross: Money;

  @Field(() => Money, {
    description: 'Of that, what was called off before its money was taken.',
  })
  takenOff: Money;

  @Field(() => Money, { description: 'What was given back.' })
  refunded: Money;

  @Field(() => Money, { description: 'What is left: gross − takenOff − refunded.' })
  net: Money;
}

@Access('STAFF')
@ObjectType({ description: 'Sales of a day. Staff only.', simpleResolvers: true })
export class SalesOfDay {
  @Field(() => GraphQLLocalDate, { description: 'The day, from midnight to midnight UTC.' })
  day: string;

  @Field(() => SalesFigures, { description: 'What was sold.' })
  figures: SalesFigures;
}

@Access('STAFF')
@ObjectType({ description: 'Sales of a SKU. Staff only.', simpleResolvers: true })
export class SalesOfProduct {
  @Field(() => String, {
    nullable: true,
    description: 'The SKU; null for refunds that name no line.',
  })
  sku: string | null;

  @Field(() => String, { nullable: true, description: 'What it was called when it last sold.' })
  title: string | null;

  @Field(() => ProductVariant, {
    nullable: true,
    description: 'What it is in the catalog; null for charges.',
  })
  variant: ProductVariant | null;

  @Field(() => SalesFigures, { description: 'What was sold.' })
  figures: SalesFigures;
}

@Access('STAFF')
@ObjectType({
  description: 'Sales of a category with all below it, as they stood then. Staff only.',
  simpleResolvers: true,
})
export class SalesOfCategory {
  @Field(() => Category, {
    nullable: true,
    description:
      'The category; null for goods that stood in none, charges, and refunds without lines.',
  })
  category: Category | null;

  @Field(() => SalesFigures, { description: 'What was sold.' })
  figures: SalesFigures;
}

@Access('STAFF')
@ObjectType({ description: 'Sales to a country. Staff only.', simpleResolvers: true })
export class SalesOfCountry {
  @Field(() => String, {
    nullable: true,
    description: 'ISO 3166-1 alpha-2, of the shipping address; null where there was none.',
  })
  country: string | null;

  @Field(() => SalesFigures, { description: 'What was sold.' })
  figures: SalesFigures;
}

@Access('STAFF')
@ObjectType({ description: 'Sales in a storefront. Staff only.', simpleResolvers: true })
export class SalesOfStorefront {
  @Field(() => Storefront, { description: 'The storefront.' })
  storefront: Storefront;

  @Field(() => SalesFigures, { description: 'What was sold.' })
  figures: SalesFigures;
}

export const SalesByDay = connectionOf('SalesOfDay', () => SalesOfDay);
export const SalesByProduct = connectionOf('SalesOfProduct', () => SalesOfProduct);
export const SalesByCategory = connectionOf('SalesOfCategory', () => SalesOfCategory);
export const SalesByCountry = connectionOf('SalesOfCountry', () => SalesOfCountry);
export const SalesByStorefront = connectionOf('SalesOfStorefront', () => SalesOfStorefront);
