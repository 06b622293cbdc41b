import { Migration } from '@mikro-orm/migrations';

/** A path from which a file can be fetched until it expires; the file is made when it is. */
const EXPORTS = `
  create table bulk_exports (
    id uuid primary key,
    kind text not null check (kind in ('PRODUCTS', 'PRICES', 'STOCK')),
    format text not null check (format in ('CSV', 'JSON_LINES')),
    storefront_id uuid not null references storefronts,
    location text,
    token_hash text not null unique,
    expires_at timestamptz not null,
    created_by text not null,
    created_at timestamptz not null default now()
  )`;

export class BulkExports extends Migration {
  override name = '20261122-bulk-exports';

  override up(): void {
    this.addSql(EXPORTS);
    this.addSql('create index bulk_exports_by_end on bulk_exports (expires_at)');
  }
}
