import { Migration } from '@mikro-orm/migrations';

/**
 * Units still active are `quantity - consumed - released`; none is left once the hold has ended. Most rows change once,
 * when their hold ends: the fill factor leaves room beside each for its second version, so that no index is touched.
 */
const COUNT_ENDS = `
  alter table hold_items
    add consumed integer not null default 0,
    add released integer not null default 0,
    add constraint each_unit_ends_once
      check (consumed >= 0 and released >= 0 and consumed + released <= quantity)`;

/** What ended as a whole until now. */
const COUNT_EARLIER_ENDS = `
  update hold_items
  set consumed = case state when 'CONSUMED' then quantity else 0 end,
      released = case state when 'CONSUMED' then 0 else quantity end
  from holds
  where holds.order_id = hold_items.order_id and state in ('CONSUMED', 'RELEASED', 'EXPIRED')`;

/**
 * One row per shipment, partial release and addition: what it moved, so that nothing moves twice. An addition that was
 * refused keeps its answer.
 */
const HOLD_CHANGES = `
  create table hold_changes (
    change_id uuid not null,
    kind text not null check (kind in ('CONSUMED', 'RELEASED', 'ADDED')),
    order_id uuid not null references holds,
    items jsonb not null,
    refusal jsonb,
    created_at timestamptz not null default now(),
    primary key (change_id, kind),
    constraint only_additions_are_refused check (refusal is null or kind = 'ADDED')
  )`;

export class ConsumeInParts extends Migration {
  override name = '20261121-consume-in-parts';

  override up(): void {
    this.addSql(COUNT_ENDS);
    this.addSql('alter table hold_items set (fillfactor = 50)');
    this.addSql(COUNT_EARLIER_ENDS);
    this.addSql(HOLD_CHANGES);
  }
}
