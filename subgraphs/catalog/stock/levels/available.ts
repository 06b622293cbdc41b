/**
 * SQL: units of a row of `variants` that can be had at once, at all locations that serve new orders; below 0 where more
 * units are promised than are there.
 */
export const AVAILABLE = `(
  select coalesce(sum(on_hand - reserved - backordered), 0)::integer
  from stock_levels join locations on locations.id = location_id and locations.active
  where variant_id = variants.id)`;

/** SQL: how many units of a row of `variants` may be promised beyond what is there. */
export const ALLOWANCE = `case
  when backorder_policy = 'BACKORDER' or (backorder_policy = 'PREORDER' and expected_at > now())
  then coalesce(backorder_limit, 1000000000) else 0 end`;

/** SQL: units of a row of `variants` that can be ordered now, those that are yet to come in included. */
export const ORDERABLE = `greatest(0, least(2147483647, ${AVAILABLE}::bigint + ${ALLOWANCE}))::integer`;
