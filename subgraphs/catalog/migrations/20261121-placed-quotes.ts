import { Migration } from '@mikro-orm/migrations';

/** A quote knows what it comes to, and the order that was made of it; the orders tell, also of those of before. */
export class PlacedQuotes extends Migration {
  override name = '20261121-placed-quotes';

  override up(): void {
    this.addSql(
      'alter table quotes add total bigint, add order_id uuid, add placed_at timestamptz',
    );
    this.addSql(`
      update quotes set total = (select sum(quantity * unit_price) from quote_lines where quote_id = id)`);
    this.addSql('alter table quotes alter total set not null');
    // Reports of quotes read nothing else.
    this.addSql(`create index quotes_by_time on quotes (created_at, storefront_id)
      include (currency, total, expires_at, placed_at)`);
  }
}
