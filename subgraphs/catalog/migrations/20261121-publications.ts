import { Migration } from '@mikro-orm/migrations';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';

/** In which storefronts a product is published; what there was is in the main one. */
export class Publications extends Migration {
  override name = '20261121-publications';

  override up(): void {
    this.addSql(
      `alter table products add published_in uuid[] not null default '{${MAIN_STOREFRONT_ID}}'`,
    );
    this.addSql(`alter table products alter published_in set default '{}'`);
    this.addSql('create index products_by_storefront on products using gin (published_in)');
  }
}
