import { Migration } from '@mikro-orm/migrations';

/**
 * `collate "C"` gives every database the same order of SKUs, so that cursors keep their meaning. The fill factor
 * leaves room on each page for the next version of a row: stock changes constantly and touches no index.
 */
const PRODUCTS = `
  create table products (
    id uuid primary key,
    sku text collate "C" not null unique,
    title text not null,
    category text,
    price_minor bigint not null check (price_minor >= 0),
    currency char(3) not null,
    active boolean not null default true,
    on_hand integer not null default 0,
    reserved integer not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint reserved_within_on_hand check (reserved between 0 and on_hand)
  ) with (fillfactor = 70)`;

const PRICE_HISTORY = `
  create table price_history (
    product_id uuid not null references products,
    valid_from timestamptz not null,
    price_minor bigint not null check (price_minor >= 0),
    currency char(3) not null,
    primary key (product_id, valid_from)
  )`;

/** One row per order that ever asked; what it answered is kept, so that the same question gets the same answer. */
const HOLDS = `
  create table holds (
    order_id uuid primary key,
    state text not null
      check (state in ('HELD', 'COMMITTED', 'CONSUMED', 'RELEASED', 'EXPIRED', 'REFUSED')),
    expires_at timestamptz not null,
    refusal jsonb,
    created_at timestamptz not null default now(),
    ended_at timestamptz,
    constraint only_refused_holds_have_a_refusal check (refusal is null or state = 'REFUSED')
  ) with (fillfactor = 80)`;

const HOLD_ITEMS = `
  create table hold_items (
    order_id uuid not null references holds,
    product_id uuid not null references products,
    quantity integer not null check (quantity > 0),
    primary key (order_id, product_id)
  )`;

const RESTOCKS = `
  create table restocks (
    restock_id uuid primary key,
    items jsonb not null,
    created_at timestamptz not null default now()
  )`;

export class CreateCatalog extends Migration {
  override name = '20261120-create-catalog';

  override up(): void {
    this.addSql(PRODUCTS);
    this.addSql('create index products_by_category on products (category, sku)');
    this.addSql(PRICE_HISTORY);
    this.addSql(HOLDS);
    this.addSql(`create index holds_by_expiry on holds (expires_at) where state = 'HELD'`);
    this.addSql(HOLD_ITEMS);
    this.addSql(RESTOCKS);
  }
}
