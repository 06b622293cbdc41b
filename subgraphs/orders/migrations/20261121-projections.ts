import { Migration } from '@mikro-orm/migrations';

/**
 * What happened to orders and read models do not know yet; and the first of those: the words by which staff find
 * orders. All orders that were placed before are queued for it.
 */
export class Projections extends Migration {
  override name = '20261121-projections';

  override up(): void {
    this.addSql(`
      create table unprojected (
        position bigint generated always as identity primary key,
        order_id uuid not null,
        seq int not null,
        type text not null,
        projection text,
        queued_at timestamptz not null default now()
      )`);
    this.addSql(`
      create table set_aside_orders (
        order_id uuid primary key,
        error text not null,
        attempts int not null default 1,
        retry_at timestamptz not null
      )`);
    this.addSql('create extension if not exists unaccent');
    this.addSql(`
      create table order_terms (
        term text,
        placed_at timestamptz,
        order_id uuid,
        primary key (term, placed_at, order_id)
      )`);
    this.addSql(`
      create table terms_of_orders (order_id uuid primary key references orders, terms text[] not null)`);
    this.addSql('create table forgotten_customers (customer_id uuid primary key)');
    this.addSql(`
      insert into unprojected (order_id, seq, type, projection)
      select id, seq, 'placed', 'order_terms' from orders where placed_at < 'infinity' order by placed_at`);
  }
}
