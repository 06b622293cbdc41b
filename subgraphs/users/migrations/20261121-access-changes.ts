import { Migration } from '@mikro-orm/migrations';

/** Managers come, and PARTNER goes: partners are organizations, and who had that role is a customer. */
export class AccessChanges extends Migration {
  override name = '20261121-access-changes';

  override up(): void {
    this.addSql(`
      create table access_changes (
        seq bigint generated always as identity primary key,
        change jsonb not null,
        changed_at timestamptz not null default now()
      )`);
    this.addSql('create index access_changes_by_age on access_changes (changed_at)');
    this.addSql('alter table users drop constraint users_roles_check');
    this.addSql(`
      update users set roles = case when roles = '{PARTNER}' then '{CUSTOMER}' else array_remove(roles, 'PARTNER') end
      where 'PARTNER' = any(roles)`);
    this.addSql(`
      alter table users add constraint users_roles_check check (
        cardinality(roles) > 0 and roles <@ array['CUSTOMER', 'STAFF', 'MANAGER', 'ADMIN'])`);
  }
}
