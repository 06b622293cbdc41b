import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { Field, InputType, Int } from 'type-graphql';
import { MAIN_LOCATION } from '../locations/main-location.js';
import { NOW } from '../prices/write-prices.js';
import { type InputReader, MAX_SKU } from '../products/input.js';
import type { Seller } from '../storefronts/seller.js';
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

  @Field(() => String, {
    nullable: true,
    description:
      'Price of one unit as a decimal number, in the currency of the storefront: "12.34". Without one it cannot be ordered.',
  })
  price?: string | null;

  @Field(() => Int, { defaultValue: 0, description: 'Units at the main location.' })
  onHand: number;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether it is for sale at once.' })
  active: boolean;
}

/** A variant that was read and found good. */
export interface NewVariant {
  sku: string;
  options: VariantOption[];
  /** Minor units; null where it has no price. */
  amount: number | null;
  onHand: number;
  active: boolean;
}

export function readVariant(
  read: InputReader,
  input: NewVariantInput,
  currency: string,
): NewVariant {
  return {
    sku: read.text('sku', input.sku, MAX_SKU),
    options: read.options('options', input.options),
    amount: input.price == null ? null : read.price('price', input.price, currency),
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
  { storefront, actor }: Seller,
): Promise<VariantRow[]> {
  const rows = variants.map((variant) => ({ id: newId(), priceId: newId(), ...variant }));
  return query<VariantRow>(
    'variants.insert',
    `with row as (
       select * from jsonb_to_recordset($3) as row (id uuid, sku text, options jsonb, "priceId" uuid,
                                                    amount bigint, "onHand" integer, active boolean)
     ), created as (
       insert into variants (id, product_id, sku, title, options, active)
       select id, $1, sku, ${variantTitle('$2::text', 'row.options')}, options, active
       from row order by sku
       returning *
     ), level as (
       insert into stock_levels (variant_id, location_id, on_hand)
       select id, $4::uuid, "onHand" from row
     ), change as (
       insert into stock_changes (variant_id, location_id, reason, reference_id, delta, actor)
       select id, $4::uuid, 'RECEIVED', id, "onHand", $5 from row where "onHand" <> 0
     ), price as (
       insert into prices (id, variant_id, storefront_id, amount, currency, valid_from, set_by)
       select "priceId", id, $6::uuid, amount, $7, ${NOW}, $5 from row where amount is not null
     )
     select ${VARIANT_COLUMNS} from created as variants`,
    [
      product.id,
      product.title,
      JSON.stringify(rows),
      MAIN_LOCATION,
      actor,
      storefront.id,
      storefront.currency,
    ],
  );
}
