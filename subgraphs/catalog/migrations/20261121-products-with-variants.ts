import { Migration } from '@mikro-orm/migrations';

/** `active` says whether any variant is for sale: lists for customers need no look at the variants. */
const PRODUCTS = `
  create table products (
    id uuid primary key,
    handle text collate "C" not null unique,
    title text not null,
    description text,
    category text,
    active boolean not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`;

/** Each variant there was is a product with that one variant: it has its id, and a handle made of its SKU. */
const ONE_PRODUCT_EACH = `
  insert into products (id, handle, title, category, active, created_at, updated_at)
  select id,
    case when sku ~ '^[A-Z0-9]+(-[A-Z0-9]+)*$' then lower(sku)
      else concat_ws('-', nullif(trim('-' from regexp_replace(lower(sku), '[^a-z0-9]+', '-', 'g')), ''),
        left(encode(sha256(convert_to(sku, 'UTF8')), 'hex'), 8)) end,
    title, category, active, created_at, updated_at
  from variants`;

export class ProductsWithVariants extends Migration {
  override name = '20261121-products-with-variants';

  override up(): void {
    this.addSql(PRODUCTS);
    this.addSql(ONE_PRODUCT_EACH);
    this.addSql(`alter table variants
      add product_id uuid references products,
      add options jsonb not null default '[]'`);
    this.addSql('update variants set product_id = id');
    this.addSql('alter table variants alter product_id set not null, drop category');
    this.addSql('create unique index variants_by_product on variants (product_id, options)');
    this.addSql('create index products_by_title on products (lower(title) collate "C", id)');
    this.addSql(
      'create index products_by_category on products (category, lower(title) collate "C", id)',
    );
  }
}
