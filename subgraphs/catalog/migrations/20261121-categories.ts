import { Migration } from '@mikro-orm/migrations';

/** `path` leads from the top to the category itself. A category is found below another by what stands in its path. */
const CATEGORIES = `
  create table categories (
    id uuid primary key,
    handle text collate "C" not null unique,
    title text collate "C" not null,
    parent_id uuid references categories,
    path uuid[] not null,
    position integer not null default 0,
    created_at timestamptz not null default now()
  )`;

/** No two categories beside each other are called the same. */
const TITLES = `
  create unique index categories_by_title on categories
    (coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), title)`;

/** What products said of their category in their own words; of two that make one handle, the second has a hash as well. */
const FROM_TEXTS = `
  with named as (
    select title, trim('-' from regexp_replace(lower(title), '[^a-z0-9]+', '-', 'g')) as slug
    from (select distinct category as title from products where category is not null) as text
  ), handled as (
    select gen_random_uuid() as id, title, concat_ws('-', nullif(slug, ''), case
      when slug = '' or row_number() over (partition by slug order by title) > 1
      then left(encode(sha256(convert_to(title, 'UTF8')), 'hex'), 8) end) as handle
    from named
  )
  insert into categories (id, handle, title, path) select id, handle, title, array[id] from handled`;

export class Categories extends Migration {
  override name = '20261121-categories';

  override up(): void {
    this.addSql(CATEGORIES);
    this.addSql(TITLES);
    this.addSql('create index categories_by_parent on categories (parent_id, position, title)');
    this.addSql('create index categories_by_path on categories using gin (path)');
    this.addSql(FROM_TEXTS);
    this.addSql(`alter table products
      add category_id uuid references categories,
      add category_path uuid[] not null default '{}'`);
    this.addSql(`update products set category_id = categories.id, category_path = path
      from categories where categories.title = products.category`);
    this.addSql('alter table products drop category');
    this.addSql('create index products_by_category on products (category_id)');
    this.addSql('create index products_by_category_path on products using gin (category_path)');
  }
}
