import { Migration } from '@mikro-orm/migrations';

/** People name an order by its number. */
export class FindByNumber extends Migration {
  override name = '20261121-find-by-number';

  override up(): void {
    this.addSql('create unique index orders_by_number on orders (number)');
  }
}
