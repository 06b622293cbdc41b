import { Migration } from '@mikro-orm/migrations';

/** Lines name the price of the catalog that they were made from; those from before do not. */
export class PricesOfLines extends Migration {
  override name = '20261121-prices-of-lines';

  override up(): void {
    this.addSql('alter table order_lines add column price_id uuid');
  }
}
