import type { Query } from '@waybill/kernel/database.js';

/** Notes that a variant costs this from now on, by the clock of the database. */
export async function recordPrice(
  query: Query,
  variant: { id: string; priceMinor: number; currency: string },
): Promise<void> {
  await query(
    'prices.record',
    `insert into price_history (variant_id, valid_from, price_minor, currency)
     values ($1, now(), $2, $3)
     on conflict (variant_id, valid_from) do update set price_minor = excluded.price_minor`,
    [variant.id, variant.priceMinor, variant.currency],
  );
}
