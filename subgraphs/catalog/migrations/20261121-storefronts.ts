import { Migration } from '@mikro-orm/migrations';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';

/** `collate "C"`: cursors of lists mean the same in every database. A sender is a name and an address, or neither. */
const STOREFRONTS = `
  create table storefronts (
    id uuid primary key,
    code text collate "C" not null unique,
    name text not null,
    logo_url text,
    primary_colour text,
    secondary_colour text,
    currency char(3) not null,
    locale text not null,
    capture_on text check (capture_on in ('CONFIRMATION', 'SHIPMENT')),
    sender_name text,
    sender_address text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint sender_is_whole check ((sender_name is null) = (sender_address is null))
  )`;

export class Storefronts extends Migration {
  override name = '20261121-storefronts';

  override up(): void {
    this.addSql(STOREFRONTS);
    this.addSql(`
      insert into storefronts (id, code, name, currency, locale)
      values ('${MAIN_STOREFRONT_ID}', 'main', 'Waybill', 'GBP', 'en-GB')`);
  }
}
