import { Migration } from '@mikro-orm/migrations';

/** Storefronts that staff work for and partners sell for; null is all of them, those that are opened later included. */
export class StorefrontsOfAccounts extends Migration {
  override name = '20261121-storefronts';

  override up(): void {
    this.addSql('alter table users add column storefront_ids uuid[]');
    this.addSql('alter table partners add column storefront_ids uuid[]');
  }
}
