import { Migration } from '@mikro-orm/migrations';

/** `jsonb_path_ops` indexes pairs of name and value, which is what lists are filtered by. */
export class Attributes extends Migration {
  override name = '20261121-attributes';

  override up(): void {
    this.addSql('alter table categories add attribute_schema jsonb');
    this.addSql(`alter table products add attributes jsonb not null default '{}'`);
    this.addSql(
      'create index products_by_attribute on products using gin (attributes jsonb_path_ops)',
    );
  }
}
