import { Migration } from '@mikro-orm/migrations';

/** A key may be good for prices of the partner's own. */
export class KeysForPrices extends Migration {
  override name = '20261121-keys-for-prices';

  override up(): void {
    this.addSql('alter table api_keys drop constraint api_keys_scopes_check');
    this.addSql(`alter table api_keys add constraint api_keys_scopes_check check (
      cardinality(scopes) > 0 and scopes <@ array['READ', 'WRITE', 'PRICES', 'OPERATIONS'])`);
  }
}
