import { Migration } from '@mikro-orm/migrations';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';

/**
 * Every order belongs to a storefront; those from before to the main one. A person has one open cart in each: the
 * draft says again which, for that to be unique.
 */
export class StorefrontsOfOrders extends Migration {
  override name = '20261121-storefronts';

  override up(): void {
    const column = `add column storefront_id uuid not null default '${MAIN_STOREFRONT_ID}'`;
    this.addSql(`alter table orders ${column}`);
    this.addSql('create index orders_by_storefront on orders (storefront_id, placed_at, id)');
    this.addSql(`alter table drafts ${column}`);
    this.addSql('alter table drafts drop constraint drafts_cart_of_key');
    this.addSql('alter table drafts add constraint one_cart unique (cart_of, storefront_id)');
  }
}
