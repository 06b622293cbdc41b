import { Migration } from '@mikro-orm/migrations';

/**
 * Every change of what is on hand, written by the statement that makes it: their sum is what is on hand. The reference
 * is what caused it: the product itself when it entered the catalog, a count, a shipment, a restock. Rows of one cause
 * stand together, which keeps writing cheap; a foreign key would cost as much as the row, and that statement has just
 * found the product.
 */
const STOCK_CHANGES = `
  create table stock_changes (
    product_id uuid not null,
    reason text not null check (reason in ('RECEIVED', 'SET', 'CONSUMED', 'RESTOCKED')),
    reference_id uuid not null,
    delta integer not null check (delta <> 0),
    created_at timestamptz not null default now(),
    primary key (reference_id, product_id, reason)
  )`;

/** Where nothing was written down, the account begins with what is there. */
const OPEN_ACCOUNTS = `
  insert into stock_changes (product_id, reason, reference_id, delta)
  select id, 'RECEIVED', id, on_hand from products where on_hand > 0`;

export class RecordStockChanges extends Migration {
  override name = '20261121-record-stock-changes';

  override up(): void {
    this.addSql(STOCK_CHANGES);
    this.addSql(OPEN_ACCOUNTS);
    this.addSql(`
      create function refuse_change() returns trigger language plpgsql as
        'begin raise exception ''stock_changes is append-only''; end'`);
    this.addSql(`
      create trigger stock_changes_append_only before update or delete on stock_changes
        for each row execute function refuse_change()`);
  }
}
