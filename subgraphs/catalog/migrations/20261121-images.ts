import { Migration } from '@mikro-orm/migrations';

/** An image is awaited until its bytes have come; whoever has the token may send them. Of it only a hash is kept. */
const IMAGES = `
  create table images (
    id uuid primary key,
    product_id uuid not null references products on delete cascade,
    alt text,
    position integer not null default 0,
    width integer,
    height integer,
    widths integer[] not null default '{}',
    token_hash text unique,
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    constraint awaited_or_here check ((token_hash is null) = (width is not null))
  )`;

export class Images extends Migration {
  override name = '20261121-images';

  override up(): void {
    this.addSql(IMAGES);
    this.addSql('create index images_by_product on images (product_id, position, id)');
    this.addSql('create index images_awaited on images (expires_at) where token_hash is not null');
  }
}
