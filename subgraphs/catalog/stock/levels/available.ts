/** SQL: units of a row of `variants` that can be ordered now, at all locations that serve new orders. */
export const AVAILABLE = `(
  select coalesce(sum(on_hand - reserved), 0)::integer
  from stock_levels join locations on locations.id = location_id and locations.active
  where variant_id = variants.id)`;
