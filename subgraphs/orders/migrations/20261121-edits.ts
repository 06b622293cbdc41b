import { Migration } from '@mikro-orm/migrations';

/** Changes of what was ordered; each keeps the version that it replaced. A line that was given up has no units. */
export class Edits extends Migration {
  override name = '20261121-edits';

  override up(): void {
    this.addSql(`
      alter table order_lines drop constraint order_lines_quantity_check,
        add constraint order_lines_quantity_check check (quantity >= 0)`);
    this.addSql(`
      create table order_edits (
        id uuid primary key,
        order_id uuid not null references orders,
        status text not null check (status in ('PENDING', 'APPLIED', 'DONE', 'REJECTED')),
        lines jsonb not null,
        total bigint not null,
        shipping_address jsonb,
        payment jsonb,
        replaced jsonb,
        replaced_address jsonb,
        reason text,
        rejection text,
        requested_by uuid not null,
        requested_at timestamptz not null default now(),
        applied_at timestamptz
      )`);
    this.addSql('create index order_edits_by_order on order_edits (order_id)');
    this.addSql(`
      create unique index order_edits_one_pending on order_edits (order_id) where status = 'PENDING'`);
    this.addSql(`
      create index order_edits_open on order_edits (requested_at) where status in ('PENDING', 'APPLIED')`);
  }
}
