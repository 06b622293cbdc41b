import { Migration } from '@mikro-orm/migrations';

/**
 * What products are found by: words by their weight, and the most telling of them once more as a text, for what was
 * mistyped. Both extensions come with PostgreSQL, and whoever may create tables in a database may create them.
 */
const WORDS = `
  alter table products
    add search tsvector not null default '',
    add words text not null default ''`;

const FROM_TEXTS = `
  update products set words = variant.words, search = to_tsvector('simple', variant.words)
  from (
    select product_id, unaccent(lower(translate(max(products.title) || ' ' || string_agg(sku, ' '), '-_/.,', '     '))) as words
    from variants join products on products.id = product_id group by 1) as variant
  where id = product_id`;

export class Search extends Migration {
  override name = '20261121-search';

  override up(): void {
    this.addSql('create extension if not exists pg_trgm');
    this.addSql('create extension if not exists unaccent');
    this.addSql(WORDS);
    this.addSql(FROM_TEXTS);
    this.addSql(
      'create index products_by_word on products using gin (search) with (fastupdate = off)',
    );
    this.addSql(
      'create index products_by_trigram on products using gin (words gin_trgm_ops) with (fastupdate = off)',
    );
  }
}
