import { Migration } from '@mikro-orm/migrations';

/** Whose a quote is: a user or a partner, by bare id. */
const QUOTES = `
  create table quotes (
    id uuid primary key,
    storefront_id uuid not null references storefronts,
    owner_kind text not null check (owner_kind in ('user', 'partner')),
    owner_id uuid not null,
    currency char(3) not null,
    reason text,
    created_by text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  )`;

/** Made from `price_id`; where somebody named another price, `is_own` says so, and `unit_price` is that one. */
const LINES = `
  create table quote_lines (
    quote_id uuid not null references quotes,
    line_number integer not null,
    variant_id uuid not null references variants,
    quantity integer not null check (quantity > 0),
    price_id uuid not null references prices,
    unit_price bigint not null check (unit_price >= 0),
    is_own boolean not null,
    primary key (quote_id, line_number)
  )`;

export class Quotes extends Migration {
  override name = '20261121-quotes';

  override up(): void {
    this.addSql(QUOTES);
    this.addSql('create index quotes_of_owner on quotes (owner_id, id)');
    this.addSql('create index quotes_by_storefront on quotes (storefront_id, id)');
    this.addSql(LINES);
  }
}
