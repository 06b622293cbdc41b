import { Migration } from '@mikro-orm/migrations';

/** Finds the few orders that are confirmed and being paid all the same; an ordinary order never comes into it. */
export class RenewedPayments extends Migration {
  override name = '20261121-renewed-payments';

  override up(): void {
    this.addSql(`
      create index orders_being_paid_anew on orders (updated_at)
      where status in ('CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED')
        and payments @> '[{"state": "DUE"}]'`);
  }
}
