import { Migration } from '@mikro-orm/migrations';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';

/**
 * What a variant costs in a storefront from a time on: in force is the row with the latest `valid_from` that has come, of
 * equal ones the one with the later id. A row never changes, but that one not yet in force can be withdrawn.
 */
const PRICES = `
  create table prices (
    id uuid primary key,
    variant_id uuid not null references variants,
    storefront_id uuid not null references storefronts,
    amount bigint not null check (amount >= 0),
    currency char(3) not null,
    valid_from timestamptz not null,
    reason text,
    set_by text not null,
    set_at timestamptz not null default now(),
    withdrawn_by text,
    withdrawn_at timestamptz,
    constraint withdrawn_by_somebody check ((withdrawn_by is null) = (withdrawn_at is null))
  )`;

const REFUSE_CHANGE = `
  create function refuse_change_of_price() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and old.withdrawn_at is null and old.valid_from > clock_timestamp()
      and (to_jsonb(new) - 'withdrawn_by' - 'withdrawn_at') = (to_jsonb(old) - 'withdrawn_by' - 'withdrawn_at')
    then return new;
    end if;
    raise exception 'prices are append-only';
  end $$`;

/** A UUIDv7 of now, as PostgreSQL before 18 makes none. */
const NEW_ID = `(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
  || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid`;

/** What was known of prices are the prices of the main storefront. */
const HISTORY = `
  insert into prices (id, variant_id, storefront_id, amount, currency, valid_from, set_by, set_at)
  select ${NEW_ID}, variant_id, '${MAIN_STOREFRONT_ID}', price_minor, currency,
    date_trunc('milliseconds', valid_from), 'service:migration', valid_from
  from price_history order by valid_from`;

/** Where the last of them is not what the variant costs today, it costs that from now on. */
const TODAY = `
  insert into prices (id, variant_id, storefront_id, amount, currency, valid_from, set_by)
  select ${NEW_ID}, variants.id, '${MAIN_STOREFRONT_ID}', price_minor, variants.currency,
    date_trunc('milliseconds', case when last.amount is null then created_at else now() end), 'service:migration'
  from variants left join lateral (
    select amount, currency from prices where variant_id = variants.id and valid_from <= now()
    order by valid_from desc limit 1) as last on true
  where (last.amount, last.currency) is distinct from (price_minor, variants.currency)`;

/** The main storefront sells in the currency that most variants have. */
const CURRENCY = `
  update storefronts set currency = usual.currency
  from (select mode() within group (order by currency) as currency from variants) as usual
  where id = '${MAIN_STOREFRONT_ID}' and usual.currency is not null`;

export class Prices extends Migration {
  override name = '20261121-prices';

  override up(): void {
    this.addSql(PRICES);
    this.addSql(HISTORY);
    this.addSql(TODAY);
    this.addSql(CURRENCY);
    this.addSql(`create index prices_in_force on prices (variant_id, storefront_id, valid_from desc, id desc)
      where withdrawn_at is null`);
    this.addSql(REFUSE_CHANGE);
    this.addSql(`create trigger prices_append_only before update or delete on prices
      for each row execute function refuse_change_of_price()`);
    this.addSql('drop table price_history');
    this.addSql('alter table variants drop price_minor, drop currency');
  }
}
