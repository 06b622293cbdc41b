import { Migration } from '@mikro-orm/migrations';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';

/** A payment belongs to the storefront of its order: those from before to the main one. */
export class StorefrontsOfPayments extends Migration {
  override name = '20261121-storefronts';

  override up(): void {
    this.addSql(
      `alter table payments add column storefront_id uuid not null default '${MAIN_STOREFRONT_ID}'`,
    );
    this.addSql('create index payments_by_storefront on payments (storefront_id, id)');
  }
}
