import { Migration } from '@mikro-orm/migrations';

/**
 * Whatever writes units of a hold has written or locked the hold and the stock level before, in the same transaction, and
 * neither is ever deleted: a foreign key would look each up again, which costs as much as the row.
 */
export class LightHolds extends Migration {
  override name = '20261121-light-holds';

  override up(): void {
    this.addSql(`alter table hold_items
      drop constraint hold_items_variant_id_location_id_fkey,
      drop constraint hold_items_order_id_fkey`);
    this.addSql('alter table hold_changes drop constraint hold_changes_order_id_fkey');
  }
}
