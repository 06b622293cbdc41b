import { Migration } from '@mikro-orm/migrations';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';

/**
 * The storefronts that know somebody: where they registered (their home, in whose name they get mail), and where they
 * ordered. However an account comes to be, its home knows it: that is written by a trigger, with the account.
 */
export class CustomersOfStorefronts extends Migration {
  override name = '20261121-customers-of-storefronts';

  override up(): void {
    this.addSql(`
      alter table users add column home_storefront_id uuid not null default '${MAIN_STOREFRONT_ID}'`);
    this.addSql(`
      create table storefront_customers (
        storefront_id uuid not null,
        user_id uuid not null references users (id) on delete cascade,
        primary key (storefront_id, user_id)
      )`);
    this.addSql('create index storefronts_of_customer on storefront_customers (user_id)');
    this.addSql(`
      insert into storefront_customers (storefront_id, user_id) select home_storefront_id, id from users`);
    this.addSql(`
      create function know_at_home() returns trigger language plpgsql as $$
      begin
        insert into storefront_customers (storefront_id, user_id) values (new.home_storefront_id, new.id)
          on conflict do nothing;
        return null;
      end $$`);
    this.addSql(`
      create trigger users_known_at_home after insert on users
        for each row execute function know_at_home()`);
  }
}
