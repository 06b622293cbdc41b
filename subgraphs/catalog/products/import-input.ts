import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import type { UserError } from '@waybill/kernel/graphql/user-error.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { type CatalogErrorCode, CatalogUserError } from './errors.js';

/** Products in one call; more would hold their rows locked for too long. */
export const MAX_IMPORT = 10_000;

@InputType({ description: 'What a product cost from some time on.' })
export class ImportedPriceInput {
  @Field(() => String, { description: 'Price of one unit, in the currency of the product.' })
  amount: string;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when.' })
  validFrom: Date;
}

@InputType({ description: 'A product as another system knows it; its SKU is the key.' })
export class ImportedProductInput {
  @Field(() => String, { description: 'Stock keeping unit: the key.' })
  sku: string;

  @Field(() => String, { description: 'What it is called.' })
  title: string;

  @Field(() => String, { nullable: true, description: 'Where it stands in the shop.' })
  category?: string | null;

  @Field(() => String, { description: 'Price of one unit as a decimal number: "12.34".' })
  price: string;

  @Field(() => String, { defaultValue: 'GBP', description: 'ISO 4217 code of all its prices.' })
  currency: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'Units in the building; left out, a product keeps what it has and a new one has 0.',
  })
  onHand?: number | null;

  @Field(() => [ImportedPriceInput], {
    nullable: true,
    description: 'Earlier prices. Left out, a new price is noted as valid from now on.',
  })
  priceHistory?: ImportedPriceInput[] | null;
}

@InputType({ description: 'Products from another system.' })
export class ImportProductsInput {
  @Field(() => [ImportedProductInput], {
    description: `The products, at most ${MAX_IMPORT} in one call.`,
  })
  products: ImportedProductInput[];

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({
  description: 'What an import did. Products that userErrors name were left alone.',
  simpleResolvers: true,
})
export class ImportProductsPayload {
  @Field(() => Int, { description: 'Products that are new.' })
  created: number;

  @Field(() => Int, { description: 'Products that were there already and are now as given.' })
  updated: number;

  @Field(() => [CatalogUserError], { description: 'What was wrong, with the path of each row.' })
  userErrors: UserError<CatalogErrorCode>[];
}
