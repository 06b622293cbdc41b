import { Migration } from '@mikro-orm/migrations';

/**
 * Secrets are kept as they are: what signs must be known. `former_secret` signs beside the new one until it
 * ends. `job_id` is that of the job which sends a message: another one when it is sent again.
 */
export class Webhooks extends Migration {
  override name = '20261121-webhooks';

  override up(): void {
    this.addSql(`
      create table webhooks (
        id uuid primary key,
        partner_id uuid not null references partners (id),
        url text not null,
        events text[] not null check (cardinality(events) > 0),
        enabled boolean not null default true,
        secret text not null,
        former_secret text,
        former_secret_until timestamptz,
        created_at timestamptz not null default now(),
        check ((former_secret is null) = (former_secret_until is null))
      )`);
    this.addSql('create index webhooks_of_partner on webhooks (partner_id, id)');
    this.addSql(`
      create table webhook_deliveries (
        id uuid primary key,
        webhook_id uuid not null references webhooks (id) on delete cascade,
        event_id uuid not null,
        job_id uuid not null,
        type text not null,
        order_id uuid not null,
        body text not null,
        state text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'FAILED')),
        attempts int not null default 0,
        last_status int,
        last_error text,
        created_at timestamptz not null default now(),
        moved_at timestamptz not null default now(),
        unique (webhook_id, event_id)
      )`);
    this.addSql('create index deliveries_of_webhook on webhook_deliveries (webhook_id, id)');
    this.addSql(
      `create index deliveries_pending on webhook_deliveries (moved_at) where state = 'PENDING'`,
    );
    this.addSql(
      `create index deliveries_settled on webhook_deliveries (moved_at) where state <> 'PENDING'`,
    );
  }
}
