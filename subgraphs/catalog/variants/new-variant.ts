import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { Field, InputType, Int } from 'type-graphql';
import { MAIN_LOCATION } from '../locations/main-location.js';
import { type InputReader, MAX_SKU } from '../products/input.js';
import { type VariantOption, VariantOptionInput, variantTitle } from './option.js';
import { VARIANT_COLUMNS, type VariantRow } from './variant.js';

@InputType({ description: 'A new variant of a product.' })
export class NewVariantInput {
  @Field(() => String, { description: 'Stock keeping unit, not yet taken.' })
  sku: string;

  @Field(() => [VariantOptionInput], {
    defaultValue: [],
    description: 'What sets it apart from the other variants; sorted by name, no two alike.',
  })
  options: VariantOption[];

  @Field(() => String, { description: 'Price of one unit as a decimal number: "12.34".' })
  price: string;

  @Field(() => String, { defaultValue: 'GBP', description: 'ISO 4217 code of the price.' })
  currency: string;

  @Field(() => Int, { defaultValue: 0, description: 'Units at the main location.' })
  onHand: number;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether it is for sale at once.' })
  active: boolean;
}

/** A variant that was read and found good. */
export interface NewVariant {
  sku: string;
  options: VariantOption[];
  priceMinor: number;
  currency: string;
  onHand: number;
  active: boolean;
}

export function readVariant(read: InputReader, input: NewVariantInput): NewVariant {
  const currency = read.currency('currency', input.currency);
  return {
    sku: read.text('sku', input.sku, MAX_SKU),
    options: read.options('options', input.options),
    priceMinor: read.price('price', input.price, currency),
    currency,
    onHand: read.stock('onHand', input.onHand),
    active: input.active,
  };
}

/**
 * Adds variants to a product, with their first price and what is on hand at the main location. Rejects where a SKU or the
 * same options are there.
 */
export async function insertVariants(
  query: Query,
  product: { id: string; title: string },
  variants: readonly NewVariant[],
  actor: string,
): Promise<VariantRow[]> {
  const rows = variants.map((variant) => ({ id: newId(), ...variant }));
  return query<VariantRow>(
    'variants.insert',
    `with row as (
       select * from jsonb_to_recordset($3) as row (id uuid, sku text, options jsonb, "priceMinor" bigint,
                                                    currency text, "onHand" integer, active boolean)
     ), created as (
       insert into variants (id, product_id, sku, title, options, price_minor, currency, active)
       select id, $1, sku, ${variantTitle('$2::text', 'row.options')}, options, "priceMinor", currency, active
       from row order by sku
       returning *
     ), level as (
       insert into stock_levels (variant_id, location_id, on_hand)
       select id, $4::uuid, "onHand" from row
     ), change as (
       insert into stock_changes (variant_id, location_id, reason, reference_id, delta, actor)
       select id, $4::uuid, 'RECEIVED', id, "onHand", $5 from row where "onHand" <> 0
     ), price as (
       insert into price_history (variant_id, valid_from, price_minor, currency)
       select id, now(), price_minor, currency from created
     )
     select ${VARIANT_COLUMNS} from created as variants`,
    [product.id, product.title, JSON.stringify(rows), MAIN_LOCATION, actor],
  );
}
