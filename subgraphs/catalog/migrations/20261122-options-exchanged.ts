import { Migration } from '@mikro-orm/migrations';

/**
 * That no two variants of a product have the same options holds at the end of a statement, and not after each of its rows:
 * in one import a variant may take the options that another gives up.
 */
export class OptionsExchanged extends Migration {
  override name = '20261122-options-exchanged';

  override up(): void {
    this.addSql('drop index variants_by_product');
    this.addSql(`alter table variants
      add constraint variants_by_product unique (product_id, options) deferrable initially immediate`);
  }
}
