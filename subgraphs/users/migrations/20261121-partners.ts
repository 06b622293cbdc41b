import { Migration } from '@mikro-orm/migrations';

export class Partners extends Migration {
  override name = '20261121-partners';

  override up(): void {
    this.addSql(`
      create table partners (
        id uuid primary key,
        name text not null unique,
        rate_class text not null check (rate_class in ('STANDARD', 'HIGH')),
        created_at timestamptz not null default now()
      )`);
    this.addSql(`
      create table api_keys (
        id uuid primary key,
        partner_id uuid not null references partners (id),
        name text not null,
        secret_hash text not null,
        scopes text[] not null check (
          cardinality(scopes) > 0 and scopes <@ array['READ', 'WRITE', 'OPERATIONS']),
        created_at timestamptz not null default now(),
        expires_at timestamptz,
        last_used_at timestamptz,
        withdrawn_at timestamptz
      )`);
    this.addSql('create index api_keys_of_partner on api_keys (partner_id, id)');
  }
}
