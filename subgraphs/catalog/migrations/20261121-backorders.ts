import { Migration } from '@mikro-orm/migrations';

/** What may be sold of a variant before it is there. */
const POLICY = `
  alter table variants
    add column backorder_policy text not null default 'DENY'
      check (backorder_policy in ('DENY', 'BACKORDER', 'PREORDER')),
    add column backorder_limit integer check (backorder_limit > 0),
    add column expected_at timestamptz,
    add constraint preorders_are_expected check (backorder_policy <> 'PREORDER' or expected_at is not null)`;

/**
 * Units of a hold that are not on hand yet. They are not reserved, so that what is reserved is on hand, as always; a
 * level counts them by themselves.
 */
const WAITING = `
  alter table hold_items
    add column backordered integer not null default 0,
    add constraint backordered_units_are_active
      check (backordered >= 0 and backordered <= quantity - consumed - released)`;

/** Orders may hold units that are yet to come in, of variants that allow it. */
export class Backorders extends Migration {
  override name = '20261121-backorders';

  override up(): void {
    this.addSql(POLICY);
    this.addSql(WAITING);
    this.addSql(
      'alter table stock_levels add column backordered integer not null default 0 check (backordered >= 0)',
    );
    // Most rows never wait and are in neither: they change as cheaply as before.
    this.addSql('create index levels_waiting on stock_levels (variant_id) where backordered > 0');
    this.addSql('create index items_waiting on hold_items (variant_id) where backordered > 0');
  }
}
