import { Migration } from '@mikro-orm/migrations';

/** What has a SKU, a price and stock is a variant: one of the forms in which a product is sold. */
export class RenameVariants extends Migration {
  override name = '20261121-rename-variants';

  override up(): void {
    this.addSql('alter table products rename to variants');
    for (const table of ['hold_items', 'price_history', 'stock_changes']) {
      this.addSql(`alter table ${table} rename column product_id to variant_id`);
    }
    this.addSql('alter index products_pkey rename to variants_pkey');
    this.addSql('alter index products_sku_key rename to variants_sku_key');
    this.addSql('alter index products_by_category rename to variants_by_category');
  }
}
