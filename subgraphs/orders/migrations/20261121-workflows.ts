import { Migration } from '@mikro-orm/migrations';

/** Versions of the workflows of storefronts. They never change: an order goes by the one that it began with. */
const WORKFLOWS = `
  create table workflows (
    id uuid primary key,
    storefront_id uuid not null,
    version integer not null check (version > 0),
    document jsonb not null,
    created_by text not null,
    created_at timestamptz not null default now(),
    unique (storefront_id, version)
  )`;

/** Null: the default workflow, and where orders come in that have come to a canonical status. */
const STANDING = `
  alter table orders
    add workflow_id uuid references workflows,
    add workflow_status text,
    add pending_capture bigint check (pending_capture > 0)`;

/** Finds the few orders that wait for money that their workflow asked for. */
const BEING_CAPTURED = `
  create index orders_being_captured on orders (id) where pending_capture is not null`;

export class Workflows extends Migration {
  override name = '20261121-workflows';

  override up(): void {
    this.addSql(WORKFLOWS);
    this.addSql(`
      create function refuse_workflow_change() returns trigger language plpgsql as
        'begin raise exception ''workflows is append-only''; end'`);
    this.addSql(`
      create trigger workflows_append_only before update or delete on workflows
        for each row execute function refuse_workflow_change()`);
    this.addSql(STANDING);
    this.addSql(BEING_CAPTURED);
  }
}
