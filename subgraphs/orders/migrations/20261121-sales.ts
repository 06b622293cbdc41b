import { Migration } from '@mikro-orm/migrations';

/**
 * What was sold and taken back, added up by day and by month. `breakdown` and `key` say of what: see breakdowns.ts.
 * Amounts in minor units.
 */
const SUMMARY = `(
    breakdown text not null,
    currency text not null,
    storefront_id uuid not null,
    start date not null,
    key text not null,
    orders bigint not null,
    units bigint not null,
    gross bigint not null,
    taken_off bigint not null,
    refunded bigint not null,
    primary key (breakdown, currency, storefront_id, start, key)
  ) with (fillfactor = 85)`;

/** Sales are kept in sums from now on. All orders that were confirmed before are queued for them. */
export class Sales extends Migration {
  override name = '20261121-sales';

  override up(): void {
    this.addSql(`create table sales_days ${SUMMARY}`);
    this.addSql(`create table sales_months ${SUMMARY}`);
    this.addSql(`
      create table sales_storefronts (storefront_id uuid, currency text, primary key (storefront_id, currency))`);
    this.addSql(`
      create table sold_skus (sku text primary key, variant_id uuid, title text not null)`);
    this.addSql(`
      create table variant_categories (
        variant_id uuid,
        since timestamptz,
        path uuid[] not null,
        checked_at timestamptz not null,
        primary key (variant_id, since)
      )`);
    // What waits already waits for the words alone.
    this.addSql(`update unprojected set projection = 'order_terms' where projection is null`);
    this.addSql(`
      insert into unprojected (order_id, seq, type, projection)
      select order_id, seq, type, 'sales' from order_events
      where type in ('confirmed', 'edited', 'lines_cancelled', 'cancelling', 'payment_reversed', 'refunded')
      order by at, order_id, seq`);
    this.addSql(`
      insert into unprojected (order_id, seq, type, projection)
      select id, seq, 'placed', 'placed_quotes' from orders
      where quote_id is not null and placed_at < 'infinity' order by placed_at`);
  }
}
