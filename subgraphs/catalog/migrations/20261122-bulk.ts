import { Migration } from '@mikro-orm/migrations';

/** A file that is to change the catalog: what was sent, what it would change, and whether it has. */
const IMPORTS = `
  create table bulk_imports (
    id uuid primary key,
    kind text not null check (kind in ('PRODUCTS', 'PRICES', 'STOCK')),
    format text not null check (format in ('CSV', 'JSON_LINES')),
    storefront_id uuid references storefronts,
    location text not null,
    note text,
    status text not null default 'AWAITING_FILE'
      check (status in ('AWAITING_FILE', 'FAILED', 'CHECKED', 'APPLIED')),
    token_hash text not null unique,
    expires_at timestamptz not null,
    created_by text not null,
    created_at timestamptz not null default now(),
    file_id uuid,
    file_hash text,
    checked_at timestamptz,
    applied_by text,
    applied_at timestamptz,
    totals jsonb,
    findings_hash text
  )`;

/** What has been sent, in parts, until it is applied. */
const FILES = `
  create table bulk_files (
    file_id uuid,
    part integer,
    bytes bytea not null,
    created_at timestamptz not null default now(),
    primary key (file_id, part)
  )`;

const DIFFERENCES = `
  create table bulk_differences (
    import_id uuid references bulk_imports on delete cascade,
    position integer,
    line integer not null,
    sku text not null,
    location text,
    is_new boolean not null,
    changes jsonb not null,
    primary key (import_id, position)
  )`;

const PROBLEMS = `
  create table bulk_problems (
    import_id uuid references bulk_imports on delete cascade,
    position integer,
    line integer not null,
    column_name text,
    code text not null,
    message text not null,
    primary key (import_id, position)
  )`;

export class Bulk extends Migration {
  override name = '20261122-bulk';

  override up(): void {
    this.addSql(IMPORTS);
    this.addSql(FILES);
    this.addSql(DIFFERENCES);
    this.addSql(PROBLEMS);
    this.addSql('create index bulk_imports_by_age on bulk_imports (created_at)');
    this.addSql('create index bulk_imports_by_file on bulk_imports (file_hash)');
    this.addSql('create index bulk_files_by_age on bulk_files (created_at)');
  }
}
