import { Migration } from '@mikro-orm/migrations';

/**
 * The index knows nothing of a payment's state, so that the updates of an ordinary payment touch no index. What is
 * closed has no end any more, and is not in it.
 */
export class LightUpdates extends Migration {
  override up(): void {
    this.addSql('drop index payments_ending');
    this.addSql(`
      update payments set authorization_ends_at = null
      where authorization_ends_at is not null
        and state in ('CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'VOIDED')`);
    this.addSql(`
      create index payments_ending on payments (authorization_ends_at)
      where authorization_ends_at is not null and check_at is null`);
  }
}
