import { Migration } from '@mikro-orm/migrations';

export class CreateUsers extends Migration {
  override up(): void {
    this.addSql(`
      create table users (
        id uuid primary key,
        email text unique check (email = lower(email collate "C")),
        name text not null,
        password_hash text,
        roles text[] not null
          check (cardinality(roles) > 0 and roles <@ array['CUSTOMER', 'STAFF', 'ADMIN', 'PARTNER']),
        external_id text unique,
        country text,
        created_at timestamptz not null default now()
      )`);
    this.addSql(`
      create table addresses (
        id uuid primary key,
        user_id uuid not null references users (id) on delete cascade,
        name text not null,
        line1 text not null,
        line2 text,
        city text not null,
        region text,
        postal_code text not null,
        country text not null check (country ~ '^[A-Z]{2}$')
      )`);
    this.addSql('create index addresses_of_user on addresses (user_id, id)');
    this.addSql(`
      create table signing_keys (
        kid text primary key,
        public_jwk jsonb not null,
        private_jwk jsonb not null,
        created_at timestamptz not null default now()
      )`);
  }
}
