import { Migration } from '@mikro-orm/migrations';

/** An order may place a quote of the catalog, which no other can place then. */
export class QuotesOfOrders extends Migration {
  override name = '20261121-quotes';

  override up(): void {
    this.addSql('alter table orders add column quote_id uuid');
    this.addSql(
      'create unique index orders_of_quotes on orders (quote_id) where quote_id is not null',
    );
  }
}
