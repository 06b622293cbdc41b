import { Migration } from '@mikro-orm/migrations';

/** Events that the provider told us of, each taken once however often it is sent. They are kept for a month. */
const PROVIDER_EVENTS = `
  create table provider_events (
    provider text not null,
    id text not null,
    kind text not null check (kind in ('CHANGED', 'DISPUTED', 'REFUND_FAILED')),
    reference text not null,
    received_at timestamptz not null default now(),
    try_at timestamptz not null default now(),
    tries integer not null default 0,
    taken_at timestamptz,
    primary key (provider, id)
  )`;

/** What orders have to hear of their payments, until they did: their job may be lost. */
const NEWS = `
  create table news (
    event_id uuid primary key,
    type text not null,
    order_id uuid not null,
    data jsonb not null,
    created_at timestamptz not null default now(),
    told_at timestamptz
  )`;

/** The provider's name of a refund that somebody made there, and not we. */
const FOUND_REFUNDS = `
  alter table refunds add provider_reference text,
  add constraint refunds_found_once unique (provider_reference)`;

export class ProviderEvents extends Migration {
  override up(): void {
    this.addSql(PROVIDER_EVENTS);
    this.addSql(
      'create index provider_events_to_take on provider_events (try_at) where taken_at is null',
    );
    this.addSql('create index provider_events_by_age on provider_events (received_at)');
    this.addSql(NEWS);
    this.addSql('create index news_untold on news (created_at) where told_at is null');
    this.addSql(FOUND_REFUNDS);
  }
}
