import { Migration } from '@mikro-orm/migrations';
import { MAIN_LOCATION } from '../locations/main-location.js';

const LOCATIONS = `
  create table locations (
    id uuid primary key,
    code text collate "C" not null unique,
    name text not null,
    country char(2),
    address text,
    priority integer not null,
    active boolean not null default true,
    created_at timestamptz not null default now()
  )`;

/**
 * What one location has of one variant. Every variant has a row at the main location, so that a variant without units
 * is known, too. The fill factor leaves room on each page for the next version of a row: it changes constantly and
 * touches no index.
 */
const STOCK_LEVELS = `
  create table stock_levels (
    variant_id uuid not null references variants,
    location_id uuid not null references locations,
    on_hand integer not null default 0,
    reserved integer not null default 0,
    primary key (variant_id, location_id),
    constraint reserved_within_on_hand check (reserved between 0 and on_hand)
  ) with (fillfactor = 70)`;

/**
 * Who changed what is on hand, and what they said of it; both are null where a shipment or a return of an order did. The
 * position tells the changes of a variant in their order, and is what lists of them go by.
 */
const LEDGER = `
  alter table stock_changes
    drop constraint stock_changes_pkey,
    drop constraint stock_changes_reason_check,
    add column actor text,
    add column note text,
    add column position bigint generated always as identity,
    add primary key (variant_id, position),
    add check (reason in ('RECEIVED', 'SET', 'CONSUMED', 'RESTOCKED', 'DAMAGED', 'LOST', 'FOUND',
      'CORRECTED', 'TRANSFERRED'))`;

/** A constant default gives the rows that are there their location without writing them anew. */
const located = (table: string) => [
  `alter table ${table} add column location_id uuid not null default '${MAIN_LOCATION}'`,
  `alter table ${table} alter column location_id drop default`,
];

/** Units are kept, held and counted by location; what was there until now is at the main one. */
export class StockLevels extends Migration {
  override name = '20261121-stock-levels';

  override up(): void {
    this.addSql(LOCATIONS);
    this.addSql(`insert into locations (id, code, name, priority)
      values ('${MAIN_LOCATION}', 'main', 'Main warehouse', 100)`);
    this.addSql(STOCK_LEVELS);
    this.addSql(`insert into stock_levels (variant_id, location_id, on_hand, reserved)
      select id, '${MAIN_LOCATION}', on_hand, reserved from variants`);
    this.addSql('alter table variants drop column on_hand, drop column reserved');
    for (const sql of [...located('hold_items'), ...located('stock_changes')]) this.addSql(sql);
    this.addSql(`alter table hold_items
      drop constraint hold_items_pkey,
      drop constraint hold_items_product_id_fkey,
      add primary key (order_id, variant_id, location_id),
      add foreign key (variant_id, location_id) references stock_levels`);
    this.addSql(LEDGER);
  }
}
