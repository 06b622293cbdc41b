import { Migration } from '@mikro-orm/migrations';

/**
 * Until when a payment can be captured, null where the provider does not say. The index has only those of which nobody
 * was told yet: then `check_at` says when they are given up.
 */
export class AuthorizationEnds extends Migration {
  override up(): void {
    this.addSql('alter table payments add authorization_ends_at timestamptz');
    this.addSql(`
      create index payments_ending on payments (authorization_ends_at)
      where authorization_ends_at is not null and check_at is null
        and state in ('AUTHORIZED', 'PARTIALLY_CAPTURED')`);
  }
}
