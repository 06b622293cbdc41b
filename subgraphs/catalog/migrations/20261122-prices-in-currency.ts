import { Migration } from '@mikro-orm/migrations';

/**
 * A price is in the currency of its storefront, also where that is just changing: whoever changes it waits for prices that
 * are being set, and whoever sets one, for the change. Both look at the storefront before. What is there already is not
 * held against it: prices that were known before there were storefronts keep the currency that they were known in.
 */
export class PricesInCurrency extends Migration {
  override name = '20261122-prices-in-currency';

  override up(): void {
    this.addSql(
      'alter table storefronts add constraint storefronts_currency unique (id, currency)',
    );
    this.addSql(`alter table prices
      drop constraint prices_storefront_id_fkey,
      add constraint prices_in_currency foreign key (storefront_id, currency)
        references storefronts (id, currency) not valid`);
  }
}
