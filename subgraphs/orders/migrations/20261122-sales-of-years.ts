import { Migration } from '@mikro-orm/migrations';

/** Sales are added up by year as well: what a year sold is read from one row of each SKU. */
export class SalesOfYears extends Migration {
  override name = '20261122-sales-of-years';

  override up(): void {
    this.addSql('create table sales_years (like sales_months including all)');
    this.addSql(`
      insert into sales_years
      select breakdown, currency, storefront_id, date_trunc('year', start)::date, key, sum(orders), sum(units), sum(gross),
        sum(taken_off), sum(refunded)
      from sales_months group by 1, 2, 3, 4, 5`);
  }
}
