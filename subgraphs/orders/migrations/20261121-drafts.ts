import { Migration } from '@mikro-orm/migrations';

/**
 * A draft is an order that nobody has placed: without a key, and with `placed_at` at infinity, so that lists of what
 * was placed end before it. What only an open draft has stands apart, so placed orders carry none of it.
 */
export class Drafts extends Migration {
  override name = '20261121-drafts';

  override up(): void {
    this.addSql(`
      alter table orders
        alter column placed_by drop not null,
        alter column idempotency_key drop not null,
        alter column request_hash drop not null,
        add column contact_email text`);
    this.addSql('alter table order_lines add column price_quoted boolean not null default false');
    this.addSql(`
      create table drafts (
        order_id uuid primary key references orders,
        cart_of uuid unique,
        payment_method text,
        touched_at timestamptz not null default now()
      )`);
    this.addSql('create index drafts_by_age on drafts (touched_at)');
    this.addSql(`
      create table guest_tokens (
        hash text primary key,
        order_id uuid not null references orders,
        merged_into uuid references orders
      )`);
    this.addSql('create index guest_tokens_by_order on guest_tokens (order_id)');
  }
}
