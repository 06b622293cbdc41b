/** What a variant costs in a storefront from a time on. */
export interface PriceRow {
  id: string;
  variantId: string;
  storefrontId: string;
  /** Minor units. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  validFrom: string;
  reason: string | null;
  /** Who set it, and when. */
  setBy: string;
  setAt: string;
}

/** The columns of a PriceRow. */
export const PRICE_COLUMNS = `prices.id, prices.variant_id as "variantId", prices.storefront_id as "storefrontId",
  prices.amount::float8, prices.currency, prices.valid_from as "validFrom", prices.reason,
  prices.set_by as "setBy", prices.set_at as "setAt"`;

/** The latest first; of prices from the same time on the one that was set last counts. */
export const LATEST_FIRST = 'prices.valid_from desc, prices.id desc';

/**
 * SQL of a lateral item, for a variant and a storefront by qualified names, that answers `columns` of the price in force by
 * the clock of the database, and no row where the variant has none in the storefront. One look into an index.
 */
export const priceInForce = (
  variant: string,
  storefront: string,
  columns = PRICE_COLUMNS,
) => `lateral (
    select ${columns} from prices
    where prices.variant_id = ${variant} and prices.storefront_id = ${storefront}
      and prices.withdrawn_at is null and prices.valid_from <= now()
    order by ${LATEST_FIRST} limit 1)`;
