import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import type { UserError } from '@waybill/kernel/graphql/user-error.js';
import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { Attributes } from '../attributes/attribute-schema.js';
import { STOREFRONT } from '../storefronts/seller.js';
import { VariantOptionInput } from '../variants/option.js';
import { type CatalogErrorCode, CatalogUserError } from './errors.js';

/** Rows in one call; more would hold their rows locked for too long. */
export const MAX_IMPORT = 10_000;

@InputType({ description: 'What a variant cost from some time on.' })
export class ImportedPriceInput {
  @Field(() => String, { description: 'Price of one unit, in the currency of the storefront.' })
  amount: string;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when.' })
  validFrom: Date;
}

@InputType({ description: 'A variant as another system knows it; its SKU is the key.' })
export class ImportedProductInput {
  @Field(() => String, { description: 'Stock keeping unit: the key.' })
  sku: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Handle of the product: rows that share it are variants of one product. Left out, a new SKU becomes a product of its own, and a known one stays where it is.',
  })
  handle?: string | null;

  @Field(() => String, {
    description: 'What the product is called; of several rows of a product the first counts.',
  })
  title: string;

  @Field(() => String, {
    nullable: true,
    description: 'What there is to say about the product; left out, it stays.',
  })
  description?: string | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'What is special about the product, as its category has it; left out, it stays.',
  })
  attributes?: Attributes | null;

  @Field(() => [VariantOptionInput], {
    nullable: true,
    description: 'What sets it apart from the other variants of the product; left out, it stays.',
  })
  options?: VariantOptionInput[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Titles of the category and those above it: "Clothes > Shirts". What is missing is made. Left out, the product stays where it is; null takes it out of its category.',
  })
  category?: string | null;

  @Field(() => String, {
    description:
      'Price of one unit from now on, as a decimal number in the currency of the storefront: "12.34".',
  })
  price: string;

  @Field(() => String, {
    nullable: true,
    description:
      'ISO 4217 code of all its prices; a row in another currency than that of the storefront is refused.',
  })
  currency?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Units in the building; left out, a variant keeps what it has and a new one has 0.',
  })
  onHand?: number | null;

  @Field(() => [ImportedPriceInput], {
    nullable: true,
    description: 'Earlier prices, and prices to come.',
  })
  priceHistory?: ImportedPriceInput[] | null;
}

@InputType({ description: 'Products from another system.' })
export class ImportProductsInput {
  @Field(() => [ImportedProductInput], {
    description: `One row for each variant, at most ${MAX_IMPORT} in one call.`,
  })
  products: ImportedProductInput[];

  @Field(() => String, STOREFRONT)
  storefront: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({
  description: 'What an import did. Rows that userErrors name were left out.',
  simpleResolvers: true,
})
export class ImportProductsPayload {
  @Field(() => Int, { description: 'Variants that are new.' })
  created: number;

  @Field(() => Int, { description: 'Variants that were there already and are now as given.' })
  updated: number;

  @Field(() => [CatalogUserError], { description: 'What was wrong, with the path of each row.' })
  userErrors: UserError<CatalogErrorCode>[];
}
