import { Migration } from '@mikro-orm/migrations';
import { CREATE_OUTBOX, TRACE_OUTBOX } from '@waybill/kernel/outbox.js';

/**
 * One row for each time that fewer units could be ordered of a variant than its threshold says; its id is the id of the
 * event that told of it. A variant that is low has one row without an end.
 */
const LOW_STOCK = `
  create table low_stock (
    id uuid primary key,
    variant_id uuid not null references variants,
    available integer not null,
    threshold integer not null,
    since timestamptz not null default now(),
    recovered_at timestamptz,
    claimed_at timestamptz,
    told_at timestamptz
  )`;

/** From when on little is left of a variant, and the events that the catalog tells. */
export class LowStock extends Migration {
  override name = '20261121-low-stock';

  override up(): void {
    this.addSql(CREATE_OUTBOX);
    this.addSql(TRACE_OUTBOX);
    this.addSql(
      'alter table variants add column low_stock_threshold integer check (low_stock_threshold >= 0)',
    );
    this.addSql(LOW_STOCK);
    this.addSql(
      'create unique index low_stock_now on low_stock (variant_id) where recovered_at is null',
    );
    this.addSql('create index low_stock_open on low_stock (id) where recovered_at is null');
    this.addSql('create index low_stock_untold on low_stock (since) where told_at is null');
  }
}
