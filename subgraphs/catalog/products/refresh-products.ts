import type { Query } from '@waybill/kernel/database.js';

/** Has products say of themselves what follows from their variants; to be called after each change of variants. */
export async function refreshProducts(query: Query, productIds: readonly string[]): Promise<void> {
  await query(
    'products.refresh',
    `update products set active = is_active
     from (select product_id, bool_or(active) as is_active from variants
           where product_id = any($1::uuid[]) group by 1) as variant
     where id = product_id and active <> is_active`,
    [productIds],
  );
}
