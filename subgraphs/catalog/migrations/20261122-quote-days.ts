import { Migration } from '@mikro-orm/migrations';

/**
 * Quotes are counted by the day on which they were made, as they are made and placed; which of them are still open is told
 * by an index of these alone. Amounts in minor units.
 */
export class QuoteDays extends Migration {
  override name = '20261122-quote-days';

  override up(): void {
    this.addSql(`
      create table quote_days (
        storefront_id uuid,
        currency text,
        day date,
        made bigint not null,
        made_total bigint not null,
        placed bigint not null,
        placed_total bigint not null,
        primary key (storefront_id, currency, day)
      )`);
    this.addSql(`
      insert into quote_days
      select storefront_id, currency, (created_at at time zone 'UTC')::date, count(*), sum(total), count(placed_at),
        coalesce(sum(total) filter (where placed_at is not null), 0)
      from quotes group by 1, 2, 3`);
    this.addSql('drop index quotes_by_time');
    this.addSql(`create index open_quotes on quotes (expires_at)
      include (storefront_id, currency, created_at, total) where placed_at is null`);
  }
}
